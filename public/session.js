// Warns before a session ends; one press keeps it. Pages work without it: the session then ends in silence, as it always may.
const box = document.getElementById("fin-de-session");
const [sentence, button] = [box.querySelector("p"), box.querySelector("button")];
const WARNING = 120;
let timers = [];

function arm(seconds) {
  for (const timer of timers) clearTimeout(timer);
  box.hidden = true;
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

button.addEventListener("click", async () => {
  // Any request of a session keeps it; this one says for how long.
  const answer = await fetch("/session", { headers: { accept: "application/json" } }).catch(() => undefined);
  if (!answer) return; // No network: the button may be pressed again.
  if (!answer.ok) return over();
  const { seconds } = await answer.json();
  arm(seconds);
  if (seconds <= WARNING) {
    sentence.textContent = box.dataset.last;
    button.hidden = true;
  }
});

arm(Number(box.dataset.seconds));
