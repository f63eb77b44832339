"""What is said of targets and actuals: words, phrases, sentences, the rule that decided."""
