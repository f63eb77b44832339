// The keys, controls and timer of the slides; frame.py says what comes and goes.
const INPUTS = 'input, textarea, select, [contenteditable="true"], [role="combobox"], '
  + '[role="listbox"], [role="option"], [role="dialog"], dialog';
const FIELDS = ':is(.st-key-dock, .st-key-whatif-dock) :is(input, textarea)';
const PRESSED = 'button, a, summary, [role="button"], ' + INPUTS;
const NEXT = ['ArrowRight', 'ArrowDown', 'PageDown', 'Enter', ' '];
const BACK = ['ArrowLeft', 'ArrowUp', 'PageUp'];
// WCAG 2.1.4: keys that are single letters and signs can be turned off, for this browser.
const LETTERS = 'mubiao-letters';
const HELD = 250, WAIT = 120, ANSWER = 4000, REST = 2500;

function made(host) {
  const letters = localStorage.getItem(LETTERS) !== 'off';
  const state = {letters, at: 0, away: false, paused: false, sent: null, since: 0, last: 0, turned: performance.now()};
  const timers = {send: 0, rest: 0};
  const bar = document.createElement('div');
  bar.className = 'mb-keys';
  bar.setAttribute('role', 'group');
  const live = document.createElement('p');
  live.className = 'mb-live';
  live.setAttribute('role', 'status');
  const buttons = {};
  for (const name of ['previous', 'next', 'theme', 'pause', 'help', 'leave']) {
    const button = buttons[name] = document.createElement('button');
    button.type = 'button';
    button.dataset.act = name;
    button.addEventListener('click', () => acts[name]());
    bar.append(button);
  }
  // Whether slides come by themselves; and the list of the keys.
  const sign = document.createElement('p');
  sign.className = 'mb-auto';
  const help = document.createElement('section');
  help.className = 'mb-help';
  help.hidden = true;
  help.addEventListener('click', () => acts.help());
  host.append(bar, sign, help, live);

  const send = () => {
    clearTimeout(timers.send);
    timers.send = 0;
    state.sent = state.data.ids[state.at];
    state.since = performance.now();
    state.trigger('go', state.sent);
  };
  const turn = (to) => {
    const last = state.data.ids.length - 1;
    to = Math.max(0, Math.min(last, to));
    state.turned = performance.now();
    if (to === state.at && !state.away) return;
    state.at = to;
    state.away = false;
    // The first press goes at once; those that follow fast are counted, and go together.
    if (timers.send) return;
    const wait = WAIT - (performance.now() - state.since);
    if (wait <= 0) send(); else timers.send = setTimeout(send, wait);
  };
  // From a slide that is none of the order, each way leads back to where it was asked for.
  const step = (by) => turn(state.away ? state.at : state.at + by);
  const acts = {
    previous: () => step(-1),
    next: () => step(1),
    pause: () => {
      state.paused = !state.paused;
      state.turned = performance.now();
      told();
    },
    help: () => {
      help.hidden = !help.hidden;
      buttons.help.setAttribute('aria-expanded', String(!help.hidden));
    },
    theme: () => state.trigger('theme', state.data.theme === 'dark' ? 'light' : 'dark'),
    leave: () => state.trigger('leave', true),
  };
  const told = () => {
    const {every, labels} = state.data;
    sign.textContent = !every ? '' : state.paused ? labels.paused : labels.running;
    buttons.pause.hidden = !every;
    buttons.pause.setAttribute('aria-pressed', String(state.paused));
  };
  const choice = () => {
    const label = document.createElement('label'), box = document.createElement('input');
    box.type = 'checkbox';
    box.checked = state.letters;
    box.addEventListener('change', () => {
      state.letters = box.checked;
      localStorage.setItem(LETTERS, box.checked ? 'on' : 'off');
    });
    label.append(box, state.data.labels.letters);
    label.addEventListener('click', (event) => event.stopPropagation());
    return label;
  };
  // One Escape leaves a field, whatever its list makes of the key, and gives the keys back.
  const escaped = (event) => {
    const on = document.activeElement;
    if (event.key !== 'Escape' || !on?.closest(FIELDS)) return;
    setTimeout(() => on.blur());
  };
  // On a phone, a tap on a half of the slide is a key.
  const tapped = (event) => {
    const on = event.target;
    if (innerWidth > 640 || !(on instanceof Element) || !on.closest('.st-key-stage')) return;
    if (on.closest(PRESSED + ', label, .st-key-whatif-dock')) return;
    if (event.clientX < innerWidth / 2) acts.previous(); else acts.next();
  };
  const focus = (css) => {
    const field = document.querySelector(css);
    if (!field) return false;
    awake();
    field.focus();
    field.select?.();
    return true;
  };
  const pressed = (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    const on = event.target instanceof Element ? event.target : document.body;
    if (on.closest(INPUTS)) {
      if (event.key === 'Escape') on.blur();
      return;
    }
    const act = wanted(event, on);
    if (!act) return;
    event.preventDefault();
    // A key that is held goes on, but slowly enough to be followed.
    if (event.repeat && performance.now() - state.last < HELD) return;
    state.last = performance.now();
    act();
  };
  const wanted = (event, on) => {
    const key = event.key, back = event.shiftKey && (key === ' ' || key === 'Enter');
    if ((key === ' ' || key === 'Enter') && on.closest(PRESSED)) return null;
    if (back || BACK.includes(key)) return acts.previous;
    if (NEXT.includes(key)) return acts.next;
    if (event.repeat) return null;
    if (key === 'Home') return () => turn(0);
    if (key === 'End') return () => turn(state.data.ids.length - 1);
    if (key === 'Escape') return help.hidden ? acts.leave : acts.help;
    if (!state.letters) return null;
    if (key === '?' || key === '？') return acts.help;
    if ((key === 'p' || key === 'P') && state.data.every) return acts.pause;
    if (key === 't' || key === 'T') return acts.theme;
    if (key === '/' || key === 'f') return () => focus('.st-key-dock-target input');
    // The figure; a milestone has no other field than its stage.
    if (key === 'w') return () => focus('.st-key-whatif [data-testid="stTextInput"] input')
      || focus('.st-key-whatif input');
    return null;
  };
  const root = document.documentElement;
  const awake = () => {
    delete root.dataset.mbRest;
    clearTimeout(timers.rest);
    timers.rest = setTimeout(() => { root.dataset.mbRest = ''; }, REST);
  };
  // One pixel of a slide of 1920 x 1080, for what cannot be drawn in the slide's own unit.
  const sized = () => {
    const narrow = innerWidth <= 640;
    const one = narrow ? (innerWidth - 32) / 640 : Math.min(innerWidth / 1920, innerHeight / 1080);
    root.style.setProperty('--mb-k', one.toFixed(4));
  };
  const clock = setInterval(() => {
    const gone = performance.now() - state.turned, every = state.data.every;
    const typing = document.activeElement?.closest?.(INPUTS);
    if (every && !state.paused && gone >= every * 1000 && !typing && !document.hidden) {
      turn(state.away ? state.at : (state.at + 1) % state.data.ids.length);
    } else if (performance.now() - state.looked >= state.data.look * 1000) {
      state.looked = performance.now();
      state.trigger('look', Math.round(state.looked));
    }
  }, 250);

  document.addEventListener('keydown', pressed);
  document.addEventListener('keydown', escaped, true);
  document.addEventListener('click', tapped);
  document.addEventListener('pointermove', awake);
  document.addEventListener('focusin', awake);
  addEventListener('resize', sized);
  // Who follows a link sees the slide first; the controls come with the mouse.
  root.dataset.mbRest = '';
  sized();

  state.show = (data, trigger) => {
    const first = !state.data, before = state.shown;
    const shown = data.extra || data.ids[data.at];
    Object.assign(state, {data, trigger, shown, looked: performance.now()});
    root.lang = data.lang;
    // Until the slide that was asked for last is there, an earlier answer changes nothing.
    if (shown === state.sent || performance.now() - state.since > ANSWER) state.sent = null;
    if (first || (state.sent === null && !timers.send)) {
      state.away = Boolean(data.extra);
      if (first || !data.extra) state.at = data.at;
    }
    bar.setAttribute('aria-label', data.labels.controls);
    for (const [name, button] of Object.entries(buttons)) {
      button.textContent = data.signs[name];
      button.setAttribute('aria-label', data.labels[name]);
      button.title = data.labels[name];
    }
    told();
    help.setAttribute('aria-label', data.labels.help);
    help.replaceChildren(...data.keys.map(([keys, does]) => {
      const line = document.createElement('p'), pressed = document.createElement('kbd');
      pressed.textContent = keys;
      line.append(pressed, does);
      return line;
    }), choice());
    if (shown !== before) {
      if (!first) live.textContent = data.title;
      state.turned = performance.now();
      const typing = document.activeElement?.closest?.('.st-key-dock');
      if (typing && typing.contains(document.activeElement)
        && document.activeElement.matches('input')) document.activeElement.blur();
    }
  };
  state.stop = () => {
    document.removeEventListener('keydown', pressed);
    document.removeEventListener('keydown', escaped, true);
    document.removeEventListener('click', tapped);
    document.removeEventListener('pointermove', awake);
    document.removeEventListener('focusin', awake);
    removeEventListener('resize', sized);
    clearInterval(clock);
    clearTimeout(timers.send);
    clearTimeout(timers.rest);
    delete root.dataset.mbRest;
    root.style.removeProperty('--mb-k');
    for (const part of [bar, sign, help, live]) part.remove();
    delete host.mubiao;
  };
  return state;
}

export default function ({data, parentElement, setTriggerValue}) {
  // Called again with each change of the data; listeners and timers are made once.
  parentElement.mubiao ??= made(parentElement);
  parentElement.mubiao.show(data, setTriggerValue);
  return () => parentElement.mubiao?.stop();
}
