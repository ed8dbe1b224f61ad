// Carries the files of a message to the fund over as soon as they are chosen or dropped, one at a time, so that sending the message
// takes no time, and keeps what is typed, so that a page that is closed loses nothing. Without it the same form does the same with its
// buttons. Markup and sentences come from the page.

// Another try would end the same way.
const FINAL = new Set(["kind", "empty", "content", "macros", "infected"]);

// Milliseconds after the last key until what is typed is kept.
const REST = 2_000;
// Until it is tried again.
const AGAIN = 15_000;
// Most characters that are kept: twice what a message may have.
const LONGEST = 10_000;
// Longest silence of an upload: the server may wait for two minutes before it reads.
const SILENCE = 180_000;

/** As `words::contact::size` writes it. */
function size(bytes) {
  const thousands = Math.floor((bytes + 500) / 1000);
  if (thousands < 1000) return `${bytes ? Math.max(thousands, 1) : 0}\u00a0ko`;
  return `${String(Math.floor((bytes + 50_000) / 100_000) / 10).replace(".", ",")}\u00a0Mo`;
}

function begin(form) {
  const box = form.querySelector("[data-files]");
  const [list, budget, alarm] = ["list", "budget", "alert"].map((name) => box.querySelector(`[data-${name}]`));
  const [said, send] = [form.querySelector("[data-said]"), form.querySelector("[data-send]")];
  const input = document.getElementById("fichiers");
  const draft = form.elements.brouillon.value;
  const path = `${new URL(form.getAttribute("action"), location.href).pathname}/fichiers`;
  const endings = box.dataset.endings.split(" ");

  // What lies on the server, and what is in the list and does not yet: waiting, moving or failed.
  const stored = { files: list.children.length, bytes: 0 };
  for (const row of list.children) stored.bytes += Number(row.dataset.bytes);
  const uploads = new Set();
  let spoken = "";
  let warned = false;

  const on = (state) => [...uploads].filter((upload) => upload.state === state);
  const coming = () => [...on("waiting"), ...on("moving")];
  const weight = (all = coming()) => ({
    files: stored.files + all.length,
    bytes: all.reduce((sum, { file }) => sum + file.size, stored.bytes),
  });

  function copy(name, file) {
    const row = box.querySelector(`template[data-row="${name}"]`).content.firstElementChild.cloneNode(true);
    for (const place of row.querySelectorAll("[data-name]")) place.textContent = file.name;
    row.querySelector("[data-size]").textContent = size(file.bytes);
    return row;
  }

  /** The same sentence again is said again. */
  function say(place, sentence) {
    place.textContent = "";
    requestAnimationFrame(() => (place.textContent = sentence));
  }

  /** Beside « Envoyer »: once, until there is something else to say. */
  function tell(sentence) {
    if (sentence !== spoken) say(said, sentence);
    spoken = sentence;
  }

  /** Draws what there is, and begins the next upload. */
  function settle() {
    const { files, bytes } = weight();
    const pattern = files < 2 ? box.dataset.budgetOne : box.dataset.budgetMany;
    const now = pattern.replace("%n", files).replace("%t", size(bytes));
    if (budget.textContent !== now) budget.textContent = now;
    const [next] = on("waiting");
    if (next && !on("moving").length) move(next);
    const waits = coming().length > 0;
    send.ariaDisabled = waits ? "true" : null;
    const isReady = spoken && !uploads.size && stored.files;
    tell(waits ? form.dataset.wait : isReady ? form.dataset.ready : "");
  }

  /** Takes a row away; the focus does not go with it. */
  function leave(row) {
    const near = row.nextElementSibling ?? row.previousElementSibling;
    const had = row.contains(document.activeElement);
    row.remove();
    if (had) (near?.querySelector("button:not([hidden])") ?? input).focus();
  }

  function show(upload, state, isFinal = false) {
    upload.state = state;
    const had = upload.row.contains(document.activeElement);
    for (const part of upload.row.querySelectorAll("[data-moving], [data-failed]")) {
      part.hidden = "failed" in part.dataset !== (state === "failed") || (isFinal && "retry" in part.dataset);
    }
    if (had) upload.row.querySelector("button:not([hidden])").focus();
    warned = false;
  }

  function fail(upload, sentence, isFinal) {
    show(upload, "failed", isFinal);
    upload.row.querySelector("[data-sentence]").textContent = sentence;
    say(alarm, `${upload.file.name}\u202f: ${sentence}`);
    settle();
  }

  /** Why a file is not even sent: a key of the sentences that the page holds. */
  function objection(file) {
    const ending = /\.([a-z0-9]+)[. ]*$/i.exec(file.name)?.[1].toLowerCase();
    const { files, bytes } = weight();
    if (!endings.includes(ending)) return "kind";
    if (file.size === 0) return "empty";
    if (files >= Number(box.dataset.mostFiles)) return "tooMany";
    return bytes + file.size > Number(box.dataset.mostBytes) ? "tooLarge" : undefined;
  }

  function admit(upload) {
    const why = objection(upload.file);
    if (why) return fail(upload, box.dataset[why], FINAL.has(why));
    advance(upload, 0);
    show(upload, "waiting");
    settle();
  }

  function drop(upload) {
    uploads.delete(upload);
    upload.request?.abort();
    leave(upload.row);
    settle();
  }

  function add(files) {
    for (const file of files) {
      const upload = { file, row: copy("upload", { name: file.name, bytes: file.size }) };
      for (const [name, act] of Object.entries({ cancel: drop, dismiss: drop, retry: admit })) {
        upload.row.querySelector(`[data-${name}]`).addEventListener("click", () => act(upload));
      }
      list.append(upload.row);
      uploads.add(upload);
      admit(upload);
    }
  }

  /** Whoever loads the page again finds the message again. */
  function remember() {
    const here = new URL(location.href);
    here.searchParams.set("brouillon", draft);
    history.replaceState(history.state, "", here);
  }

  const note = form.querySelector("[data-draft]");
  const texts = ["objet", "message"].map((name) => form.elements[name]);
  const typed = (of = "value") => texts.map((field) => field[of]);
  const same = (one, other) => one.every((text, place) => text === other[place]);
  // What the server has, and what the page was drawn with: the same, unless what could not be kept was given back.
  const { stored: isStored, storedObjet, storedMessage } = form.dataset;
  const drawn = typed("defaultValue");
  let kept = isStored === undefined ? ["", ""] : [storedObjet ?? drawn[0], storedMessage ?? drawn[1]];
  // Tells this page's own words from those of another tab, also when it never heard whether they were kept.
  const writer = String(Math.random()).slice(2);
  let [pause, keeping, isOver] = [0, undefined, false];

  function later(rest) {
    clearTimeout(pause);
    pause = setTimeout(keep, rest);
  }

  /** Keeps what is typed, as « Joindre » would; one request at a time, and none that overtakes the form itself. */
  async function keep() {
    clearTimeout(pause);
    const now = typed();
    if (isOver || keeping || "busy" in form.dataset || same(now, kept)) return;
    if (now.join("").length > LONGEST) return tellDraft("notKept");
    const body = new FormData();
    for (const name of ["brouillon", "page"]) body.append(name, form.elements[name].value);
    body.append("page_ouverte", writer);
    texts.forEach(({ name }, place) => {
      body.append(name, now[place]);
      body.append(`avant_${name}`, kept[place]);
    });
    body.append("joindre", "1");
    const own = (keeping = new AbortController());
    // Goes on when the page is left, which a body of this size may.
    const sent = { method: "POST", body, redirect: "manual", signal: own.signal, keepalive: true, headers: { accept: "application/json" } };
    const answer = await fetch(form.action, sent).catch((error) => error);
    if (keeping === own) keeping = undefined;
    if (answer.name === "AbortError") return;
    if (answer.status === 204) {
      kept = now;
      remember();
      stay();
      if (same(typed(), now)) tellDraft("kept");
      else later(REST);
      return;
    }
    isOver = [401, 409, 410].includes(answer.status);
    tellDraft({ 409: "moved", 410: "gone" }[answer.status] ?? "notKept");
    // A line that broke, a portal that is busy. Whatever it refuses it refuses again, until something else is typed.
    if (!answer.status || answer.status >= 500) later(AGAIN);
  }

  /** That it is kept is said aloud once; it is seen each time. */
  function tellDraft(sentence) {
    note.ariaLive = sentence === "kept" && "told" in note.dataset ? "off" : "polite";
    note.textContent = form.dataset[sentence];
    if (sentence === "kept") note.dataset.told = "";
  }

  /** The session goes on: what counts down to its end begins anew. */
  function stay() {
    dispatchEvent(new Event("session-used"));
  }

  for (const field of texts) {
    field.addEventListener("input", () => {
      if (!isOver) note.textContent = "";
      later(REST);
    });
  }
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) return;
    keeping?.abort();
    keeping = undefined;
    keep();
  });

  function advance(upload, share) {
    const percent = Math.floor(share * 100);
    upload.row.querySelector("progress").value = percent;
    upload.row.querySelector("[data-percent]").textContent = share < 1 ? `${percent}\u00a0%` : box.dataset.checking;
    if (share < 1) return;
    // From here on the server may have it: what it has is removed, not cancelled.
    const cancel = upload.row.querySelector("[data-cancel]");
    if (cancel === document.activeElement) input.focus();
    cancel.hidden = true;
  }

  function move(upload) {
    show(upload, "moving");
    const request = (upload.request = new XMLHttpRequest());
    request.open("POST", `${path}?${new URLSearchParams({ brouillon: draft })}`);
    request.responseType = "json";
    request.setRequestHeader("accept", "application/json");
    request.setRequestHeader("content-type", "application/octet-stream");
    request.setRequestHeader("x-nom-fichier", encodeURIComponent(upload.file.name.toWellFormed?.() ?? upload.file.name));
    const broken = () => fail(upload, box.dataset.interrupted, false);
    let silence;
    const listen = () => {
      clearTimeout(silence);
      silence = setTimeout(() => {
        request.abort();
        broken();
      }, SILENCE);
    };
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      listen();
      advance(upload, total ? loaded / total : 0);
    });
    request.addEventListener("load", () => answered(upload, request));
    request.addEventListener("error", broken);
    request.addEventListener("loadend", () => clearTimeout(silence));
    listen();
    request.send(upload.file);
  }

  function answered(upload, { status, response }) {
    if (status !== 200 || !response?.id) {
      return fail(upload, response?.sentence ?? box.dataset.interrupted, FINAL.has(response?.refusal));
    }
    const row = copy("joined", response);
    row.dataset.bytes = response.bytes;
    row.querySelector("input").value = response.id;
    Object.assign(row.querySelector("button"), { name: "retirer", value: response.id });
    if (upload.row.contains(document.activeElement)) input.focus();
    upload.row.replaceWith(row);
    uploads.delete(upload);
    [stored.files, stored.bytes] = [response.files, response.total];
    remember();
    stay();
    later(REST);
    settle();
  }

  async function remove(button) {
    if (button.ariaBusy) return;
    button.ariaBusy = "true";
    const address = `${path}/${button.value}/retrait?${new URLSearchParams({ brouillon: draft })}`;
    const answer = await fetch(address, { method: "POST", headers: { accept: "application/json" } }).catch(() => undefined);
    const left = answer?.ok ? await answer.json().catch(() => undefined) : undefined;
    button.ariaBusy = null;
    if (left) {
      [stored.files, stored.bytes] = [left.files, left.total];
      leave(button.closest("li"));
      settle();
    } else if (answer) {
      // The portal has something to say: the form goes as it would without script.
      button.dataset.plain = "";
      form.requestSubmit(button);
    } else {
      say(alarm, box.dataset.notRemoved);
    }
  }

  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button?.name === "retirer" && !("plain" in button.dataset)) {
      event.preventDefault();
      return remove(button);
    }
    const isSend = button?.name !== "retirer";
    const isLeftOut = on("failed").length > 0 && !warned;
    if ("busy" in form.dataset) {
      event.preventDefault();
    } else if (isSend && (coming().length || isLeftOut)) {
      event.preventDefault();
      spoken = "";
      tell(coming().length ? form.dataset.wait : form.dataset.leftOut);
      // Pressed once more, it goes without the files that did not come.
      warned = !coming().length;
    } else {
      form.dataset.busy = "";
      keeping?.abort();
      // An answer that never comes must not lock the form; sent twice, it is one message.
      setTimeout(wake, 10_000);
    }
  });

  const wake = () => {
    delete form.dataset.busy;
    if (!same(typed(), drawn)) later(REST);
  };
  addEventListener("pageshow", wake);

  /** The files leave the field, or they would go with the form once more. */
  function take() {
    const files = [...input.files];
    input.value = "";
    add(files);
  }
  input.addEventListener("change", take);

  const holds = (event) => event.dataTransfer?.types.includes("Files");
  // A file that is dropped beside the box must not take the place of the page.
  for (const kind of ["dragover", "drop"]) {
    addEventListener(kind, (event) => {
      if (!holds(event)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = box.contains(event.target) ? "copy" : "none";
    });
  }
  box.addEventListener("dragover", (event) => holds(event) && (box.dataset.over = ""));
  box.addEventListener("dragleave", (event) => box.contains(event.relatedTarget) || delete box.dataset.over);
  box.addEventListener("drop", (event) => {
    delete box.dataset.over;
    if (holds(event)) add(event.dataTransfer.files);
  });

  for (const part of box.querySelectorAll("[data-join], [data-drop]")) part.hidden = !part.hidden;
  // Chosen and typed before this script woke, or given back because it could not be kept.
  if (input.files.length) take();
  if (!same(typed(), drawn) || (isStored !== undefined && !same(drawn, kept))) later(REST);
}

for (const form of document.querySelectorAll("form[data-contact]")) begin(form);
