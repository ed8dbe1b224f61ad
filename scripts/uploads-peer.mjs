// The same form with Express and multer, see scripts/uploads: uploads-peer.mjs STORAGE PORT FOLDER, run from where both are installed.
// It takes what the portal takes, hashes each file as the portal does, and answers with the hashes. STORAGE is how the files are kept:
//   memory    multer's memoryStorage: hashed in memory, then nothing is kept of them
//   disk      multer's diskStorage: hashed when they lie on the disk, which they are not made to last on
//   streamed  a storage of our own for multer, the best there is to do with it: hashed on their way to the disk and made to last there
import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import express from "express";
import multer from "multer";

const [storage, port, folder] = process.argv.slice(2);
const name = () => join(folder, randomUUID());

async function keep(stream) {
  const path = name();
  const hash = createHash("sha256");
  const through = new Transform({
    transform(piece, _, done) {
      hash.update(piece);
      done(null, piece);
    },
  });
  // `flush` makes it last before it closes.
  await pipeline(stream, through, createWriteStream(path, { flush: true }));
  return { path, sha256: hash.digest("hex") };
}

async function hashed(path) {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

const kinds = {
  memory: [multer.memoryStorage(), (file) => createHash("sha256").update(file.buffer).digest("hex")],
  disk: [multer.diskStorage({ destination: folder, filename: (_, __, done) => done(null, name().slice(folder.length + 1)) }), (file) => hashed(file.path)],
  streamed: [
    {
      _handleFile: (_, file, done) => keep(file.stream).then((kept) => done(null, kept), done),
      _removeFile: (_, file, done) => rm(file.path, { force: true }).then(() => done(null), done),
    },
    (file) => file.sha256,
  ],
};
const [engine, hash] = kinds[storage];
const form = multer({ storage: engine, limits: { files: 20, fileSize: 40_000_000 } });

const app = express();
app.get("/form", (_, answer) => answer.send("ok"));
app.post("/form", form.array("fichiers", 20), async (request, answer) => {
  const hashes = [];
  for (const file of request.files) hashes.push(await hash(file));
  answer.json(hashes);
});
app.listen(Number(port), "127.0.0.1");
