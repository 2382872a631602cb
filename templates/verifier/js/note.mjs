// Signed notes, keys, checkpoints, cosignatures, proofs (C2SP signed-note, tlog-checkpoint v1.0.0, tlog-cosignature v1, tlog-proof;
// verify/attest/log/note.py, checkpoint.py, cosignature.py, proof.py).
import { ascii, concat, digest, equal, text, unbase64, unhex, utf8 } from "./octets.mjs";
import { Fault, Malformed, malformed, reading } from "./outcome.mjs";
import { words } from "./shape.mjs";
import { holdsEd25519 } from "./ed25519.mjs";
import { leafHash, verifyInclusion } from "./tree.mjs";

export const ED25519 = 1, COSIGNATURE = 4;
const ID = 4, MOST = 100, LARGEST = 1000000, LATEST = 253402300799n, TIME = 8, HEAD = "c2sp.org/tlog-proof@v1";
const BLANK = /[\p{White_Space}\x1c-\x1f]/u;

/** {text, signatures: [{name, id, value}]} of a note, nothing of it verified. */
export function readNote(octets) {
  return reading("log.note", () => {
    if (octets.length > LARGEST) malformed("too large");
    const whole = text(octets);
    if (/[\x00-\x09\x0b-\x1f]/.test(whole)) malformed("a control character");
    const at = whole.lastIndexOf("\n\n");
    if (at < 0 || !whole.endsWith("\n") || at + 2 >= whole.length) malformed("no blank line, or no line end");
    const signatures = whole.slice(at + 2, -1).split("\n").map(signatureOf);
    if (signatures.length > MOST) malformed("too many signatures");
    return { text: whole.slice(0, at + 1), signatures };
  });
}

function signatureOf(line) {
  const match = /^— ([^ ]+) ([A-Za-z0-9+/=]+)$/u.exec(line);
  if (!match) malformed("no line of a signature");
  const value = unbase64(match[2], "signature");
  if (value.length <= ID) malformed("a signature that is too short");
  if (match[1].includes("+") || BLANK.test(match[1])) malformed("no name of a key");
  return { name: match[1], id: value.slice(0, ID), value: value.slice(ID) };
}

/** {name, kind, octets, id} of a vkey. */
export async function readVkey(vkey) {
  try {
    const match = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/u.exec(vkey);
    if (!match) malformed("no vkey");
    const octets = unbase64(match[3], "key"), kind = octets[0], id = match[2];
    if (BLANK.test(match[1])) malformed("no name of a key");
    const key = await keyOf(words(match[1], "name"), kind, octets.slice(1));
    if (![ED25519, COSIGNATURE].includes(kind) || octets.length !== 33 || !equal(key.id, unhex(id)))
      malformed("another key than its id says, or of an unknown type");
    return key;
  } catch (error) {
    if (error instanceof Malformed) throw new Fault("log.vkey", { key: vkey.slice(0, 100), detail: error.message });
    throw error;
  }
}

async function keyOf(name, kind, octets) {
  const id = (await digest("SHA-256", concat(utf8(`${name}\n`), Uint8Array.of(kind), octets))).slice(0, ID);
  return { name, kind, octets, id };
}

const linesOf = (note, key) => note.signatures.filter((one) => one.name === key.name && equal(one.id, key.id));

export async function verifyNote(note, key) {
  if (key.kind !== ED25519) throw new Fault("log.vkey", { key: key.name, detail: "not a key that signs notes" });
  const lines = linesOf(note, key);
  if (!lines.length) throw new Fault("log.unsigned", { key: key.name });
  for (const one of lines)
    if (!(await holdsEd25519(key.octets, one.value, utf8(note.text)))) throw new Fault("log.signature", { key: key.name });
}

/** When this witness cosigned, in seconds since 1970, the latest of several; null where it did not. */
export async function cosignedAt(note, witness) {
  if (witness.kind !== COSIGNATURE) throw new Fault("log.vkey", { key: witness.name, detail: "not the key of a witness" });
  let found = null;
  for (const one of linesOf(note, witness)) {
    const at = one.value.slice(0, TIME).reduce((sum, octet) => sum * 256n + BigInt(octet), 0n), signature = one.value.slice(TIME);
    if (at > LATEST || !(await holdsEd25519(witness.octets, signature, utf8(`cosignature/v1\ntime ${at}\n${note.text}`))))
      throw new Fault("log.cosignature", { witness: witness.name });
    if (found === null || at > found) found = at;
  }
  return found;
}

/** {origin, size, root} of the text of a note; size is BigInt. */
export function readCheckpoint(note) {
  return reading("log.checkpoint", () => {
    const lines = note.text.split("\n");
    if (lines.pop() || lines.length < 3 || lines.some((one) => !one)) malformed("not at least three lines, none of them empty");
    if (!/^(?:0|[1-9][0-9]{0,18})$/.test(lines[1])) malformed("no size");
    const root = unbase64(lines[2], "root");
    if (root.length !== 32) malformed("no root");
    return { origin: lines[0], size: BigInt(lines[1]), root };
  });
}

/** {index, path, note, extra}; index is BigInt. */
export async function readProof(octets) {
  const end = octets.findIndex((one, at) => one === 10 && octets[at + 1] === 10), at = end < 0 ? octets.length : end;
  const note = await readNote(octets.slice(at + 2));
  return reading("log.proof", () => {
    const [first, ...lines] = ascii(octets.slice(0, at)).split("\n");
    if (first !== HEAD || !lines.length) malformed("not the head of a proof");
    const extra = lines[0].startsWith("extra ") ? unbase64(lines.shift().slice(6), "extra") : null;
    if (extra && !extra.length) malformed("not in its one form");
    const index = /^index (0|[1-9][0-9]{0,18})$/.exec(lines.length ? lines.shift() : "");
    if (!index) malformed("no index");
    return { index: BigInt(index[1]), path: lines.map((one) => unbase64(one, "path")), note, extra: extra || new Uint8Array(0) };
  });
}

export async function verifyProof(proof, entry) {
  const { size, root } = await readCheckpoint(proof.note);
  await verifyInclusion(await leafHash(entry), proof.index, size, proof.path, root);
}

/** Are two notes the same, octet for octet? */
export function sameNote(one, other) {
  const alike = (a, b) => b !== undefined && a.name === b.name && equal(a.id, b.id) && equal(a.value, b.value);
  return one.text === other.text && one.signatures.length === other.signatures.length && one.signatures.every((a, at) => alike(a, other.signatures[at]));
}
