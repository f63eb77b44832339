// Keys in the month's grid: each reaches the cell that the person means, on a busy page too.
//
// Glide Data Grid, of which st.data_editor is made, loses keys in five ways:
// 1. An open cell ends its edit by a zero timer. Before that runs, keys of the next figure come into
//    the old cell, or the timer of a digit ends the edit without its value. Here it runs at once.
// 2. From the key that opens a cell until the cell's field is there, and its script may still be
//    on its way, each key opens the cell anew with itself alone.
// 3. A cell that was scrolled into view takes no key before that has been drawn.
// 4. After a click the grid has the focus with the next frame; what had it before gets the keys.
// 5. The focus is in a table for screen readers; where a redraw removes its cell, nobody has it.
// In 2. to 5. keys are held here, and given in their order as soon as a cell takes them.
//
// An arrow leaves a cell that was opened by typing, as in Excel; in one that was opened by Enter or
// a double click it moves the caret. What an input method composes is left alone.
//
// The selectors are private names of the grid; tests/browser/test_typing.py guards them.
const CANVAS = "canvas[data-testid=data-grid-canvas]";
const GRID = "[data-testid=stDataFrame]";
const CELL = "#portal .gdg-clip-region";
const FIELD = "textarea.gdg-input";

const press = (key, keyCode, shiftKey = false) => ({ key, code: key, keyCode, shiftKey });
const BACK = press("Tab", 9, true);
// What leaves the cell in the direction of an arrow.
const LEAVE = {
  ArrowDown: [press("Enter", 13)],
  ArrowRight: [press("Tab", 9)],
  ArrowLeft: [BACK],
  ArrowUp: [BACK, press("ArrowRight", 39), press("ArrowUp", 38)],
};
const ENDS = ["Enter", "Tab", "Escape"];
const EDITS = { Backspace: "delete", Delete: "forwardDelete" };
const CARET = {
  Home: () => 0,
  End: ({ value }) => value.length,
  ArrowLeft: ({ selectionStart: a, selectionEnd: b }) => (a < b ? a : Math.max(0, a - 1)),
  ArrowRight: ({ selectionStart: a, selectionEnd: b }) => (a < b ? b : b + 1),
};
const MODIFIERS = ["Shift", "CapsLock", "Control", "Alt", "Meta", "AltGraph"];
// A key that is not taken for so many frames was pressed in a locked cell, or in none. What says
// which cell is locked follows by 0.2 s.
const LOCKED = '[role=gridcell][aria-selected=true][aria-readonly=true]';
const LOCKED_FRAMES = 20;
const FRAMES = 120;

const held = []; // keys that are not given yet
let opening = null; // the canvas while the field of its cell is on its way
let late = false; // the field was not there at once, and has not placed its caret yet
let clicked = null; // the grid that was clicked and has not got the focus yet
let home = null; // the canvas that has the focus, until something else gets it
let byTyping = false; // a character opened the cell
let giving = false; // a key is under way to the grid
let running = false; // `pump` is at work
let frames = 0; // how long the first of `held` has waited
let wake = () => {};

const isText = ({ key }) => key.length === 1;
const opens = (one) => isText(one) || one.key === "Enter";

function cellInHand() {
  const active = document.activeElement;
  return active?.closest(CELL) ? active : null;
}

function comeHome() {
  if (!home?.isConnected || document.activeElement !== document.body) return false;
  home.focus({ preventScroll: true });
  return true;
}

function onKeyDown(event) {
  if (giving) return;
  const cell = cellInHand();
  const isAstray = comeHome() || (clicked && !cell && !clicked.contains(event.target));
  if (!(cell || isAstray || event.target.closest?.(CANVAS))) return;
  const { key, code, keyCode, shiftKey } = event;
  const waits = isAstray || opening || late || held.length > 0;
  const isComposed = event.isComposing || keyCode === 229;
  if (isComposed || event.ctrlKey || event.metaKey || event.altKey || MODIFIERS.includes(key)) {
    if (cell && isComposed) opening = null, (late = false);
    return;
  }
  if (isAstray && key === "Tab" && held.length === 0) return; // it leaves the grid
  const ends = cell?.matches(FIELD) && (ENDS.includes(key) || (byTyping && key in LEAVE));
  if (!waits && !(cell ? ends : opens(event))) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  held.push({ key, code, keyCode, shiftKey });
  pump();
}

async function pump() {
  if (running) return;
  running = true;
  for (frames = 0; held.length > 0 || late; ) {
    const cell = cellInHand();
    if (late && cell) await settle(cell);
    if (held.length === 0) break;
    if (step()) {
      frames = 0;
      await null; // the grid draws what the key has changed
      late = opening !== null && !cellInHand();
      if (!late) opening = null;
    } else {
      frames += 1;
      await new Promise((done) => requestAnimationFrame((wake = done)));
    }
  }
  running = false;
}

// The field of a cell places its caret when it is drawn first, or, where that comes late, only when
// it is drawn again, between two digits: so it is drawn again before the first.
async function settle(cell) {
  opening = null;
  late = false;
  if (!cell.matches(FIELD)) return;
  const end = () => cell.setSelectionRange(cell.value.length, cell.value.length);
  end();
  document.execCommand("insertText", false, " ");
  await null;
  end();
  document.execCommand("delete");
  await null;
  byTyping ? end() : cell.select();
}

// Gives the first of the held keys; false where it has to wait.
function step() {
  comeHome();
  const cell = cellInHand();
  if (opening && !cell && opening.isConnected && !document.querySelector(CELL)) return false;
  const grid = document.activeElement; // the canvas, or in it the cell that screen readers read
  if (clicked && !cell && !clicked.contains(grid)) return false;
  opening = null;
  if (!cell && !grid?.closest(CANVAS)) {
    held.length = 0; // the person has gone elsewhere
    return true;
  }
  const first = held.shift();
  if (cell) intoCell(cell, first);
  else if (!ontoGrid(grid, first)) {
    held.unshift(first);
    return false;
  }
  return true;
}

function ontoGrid(grid, one) {
  opening = opens(one) ? grid.closest(CANVAS) : null;
  byTyping = isText(one) && one.key !== " ";
  const isTaken = give(grid, one);
  if (isTaken) return true;
  const waits = opening && one.key !== " ";
  opening = null;
  return !waits || frames >= (document.querySelector(LOCKED) ? LOCKED_FRAMES : FRAMES);
}

function intoCell(cell, one) {
  const isField = cell.matches(FIELD);
  if (isField && byTyping && one.key in LEAVE && !one.shiftKey) held.unshift(...LEAVE[one.key]);
  else if (isText(one)) document.execCommand("insertText", false, one.key);
  else if (one.key in EDITS) document.execCommand(EDITS[one.key]);
  else if (isField && one.key in CARET) {
    const place = CARET[one.key](cell);
    cell.setSelectionRange(place, place);
  } else give(cell, one);
}

// Presses a key there; whether anybody took it. What it leaves for later runs at once.
function give(target, one) {
  const { setTimeout } = window;
  if (target.matches(FIELD)) {
    window.setTimeout = (run, delay, ...rest) =>
      delay ? setTimeout.call(window, run, delay, ...rest) : void run(...rest);
  }
  giving = true;
  try {
    const options = { bubbles: true, cancelable: true, composed: true };
    return !target.dispatchEvent(new KeyboardEvent("keydown", { ...one, ...options }));
  } finally {
    giving = false;
    window.setTimeout = setTimeout;
  }
}

function onFocusIn() {
  const active = document.activeElement;
  if (clicked?.contains(active)) clicked = null;
  wake();
  if (!cellInHand()) {
    home = active.closest(CANVAS);
    return;
  }
  if (late) queueMicrotask(pump); // the grid is still drawing
}

function onPointerDown(event) {
  byTyping = false;
  clicked = event.target.closest?.(GRID) ?? null;
  if (!clicked && !event.target.closest?.(CELL)) home = null;
}

function onPointerUp() {
  const forget = () => (clicked = null);
  // The grid asks for the first of these frames.
  if (clicked) requestAnimationFrame(() => requestAnimationFrame(forget));
}

export default function () {
  const page = document.documentElement;
  if (page.dataset.gridKeys) return;
  window.addEventListener("keydown", onKeyDown, true);
  window.addEventListener("focusin", onFocusIn, true);
  window.addEventListener("pointerdown", onPointerDown, true);
  window.addEventListener("pointerup", onPointerUp, true);
  window.addEventListener("pointercancel", onPointerUp, true);
  page.dataset.gridKeys = "on"; // until now style.css has hidden the grid
}
