// A password to choose: its rule is ticked while one types, its strength said in words; it may be shown.

const LONG = 10, VERY_LONG = 14, VARIED = 7;

for (const input of document.querySelectorAll("input[data-rules]")) {
  const rules = [...document.querySelectorAll(`#${input.dataset.rules} [data-pattern]`)];
  const strength = document.getElementById(input.dataset.strength);
  const words = strength.dataset.words.split("|");
  const word = strength.querySelector("b");
  input.addEventListener("input", () => {
    for (const rule of rules) tick(rule, new RegExp(rule.dataset.pattern, "u").test(input.value), strength.dataset.kept);
    const level = levelOf(input.value, rules.every((rule) => rule.classList.contains("kept")));
    strength.hidden = input.value === "";
    strength.dataset.level = String(level + 1);
    if (word.textContent !== words[level]) word.textContent = words[level];
  });
}

function tick(rule, kept, said) {
  if (rule.classList.toggle("kept", kept) && !rule.querySelector(".sr-only")) {
    const spoken = document.createElement("span");
    spoken.className = "sr-only";
    spoken.textContent = ` (${said})`;
    rule.append(spoken);
  }
  if (!kept) rule.querySelector(".sr-only")?.remove();
}

function levelOf(password, keepsTheRule) {
  if (!keepsTheRule) return 0;
  const length = [...password].length, varied = new Set(password.toLowerCase()).size >= VARIED;
  if (length >= VERY_LONG && varied) return 3;
  return length >= LONG && varied ? 2 : 1;
}
