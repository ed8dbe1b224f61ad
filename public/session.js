// Warns before a session ends; one press keeps it. Pages work without it: the session then ends in silence, as it always may.
const box = document.getElementById("fin-de-session");
const [sentence, button] = [box.querySelector("p"), box.querySelector("button")];
const WARNING = 120;
const ending = sentence.textContent;
let timers = [];

function arm(seconds) {
  for (const timer of timers) clearTimeout(timer);
  box.hidden = true;
  sentence.textContent = ending;
  button.hidden = false;
  timers = [
    setTimeout(() => (box.hidden = false), Math.max(0, seconds - WARNING) * 1000),
    setTimeout(over, seconds * 1000),
  ];
}

function over() {
  sentence.textContent = box.dataset.over;
  button.hidden = true;
  box.hidden = false;
}

/** Any request of a session keeps it; this one says for how long. */
async function ask() {
  const answer = await fetch("/session", { headers: { accept: "application/json" } }).catch(() => undefined);
  if (!answer) return; // No network: the button may be pressed again.
  if (!answer.ok) return over();
  const { seconds } = await answer.json();
  arm(seconds);
  if (seconds <= WARNING) {
    sentence.textContent = box.dataset.last;
    button.hidden = true;
  }
}
button.addEventListener("click", ask);

// A page may use the session on its own, while somebody types or files move.
let asked = Date.now();
addEventListener("session-used", () => {
  if (Date.now() - asked < 60_000) return;
  asked = Date.now();
  ask();
});

arm(Number(box.dataset.seconds));
