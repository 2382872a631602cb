// Whose signatures under a log count (C2SP tlog-policy; verify/attest/log/trust.py): from the trust root, never from bundle or log.
import { equal, latin1, text } from "./octets.mjs";
import { Fault, Malformed, malformed } from "./outcome.mjs";
import { COSIGNATURE, cosignedAt, ED25519, readCheckpoint, readVkey, verifyNote } from "./note.mjs";

const LEAST = 2, NONE = "none", LARGEST = 100000;

/** {logs, witnesses: Map, groups: Map, quorum}; a Fault log.policy with the line, log.vkey. */
export async function readPolicy(octets) {
  const held = latin1(octets), found = { logs: [], witnesses: new Map(), groups: new Map(), quorum: "", members: new Set() };
  if (octets.length > LARGEST || !/^[\t\n\x20-\x7e\x80-\xff]*$/.test(held)) throw new Fault("log.policy", { line: "0", detail: "too large, or no text" });
  for (const [at, line] of held.split("\n").entries()) {
    const parts = line.split(/[ \t]+/).filter(Boolean);
    if (!parts.length || parts[0].startsWith("#")) continue;
    try {
      await policyLine(found, parts);
    } catch (error) {
      if (error instanceof Malformed) throw new Fault("log.policy", { line: String(at + 1), detail: error.message });
      throw error;
    }
  }
  if (!found.quorum) throw new Fault("log.policy", { line: "0", detail: "no quorum" });
  return found;
}

async function policyLine(found, [kind, ...rest]) {
  if (kind === "log" && (rest.length === 1 || rest.length === 2)) found.logs.push(await keyOf(found, rest[0], ED25519));
  else if (kind === "witness" && (rest.length === 2 || rest.length === 3)) {
    fresh(found, rest[0]);
    found.witnesses.set(rest[0], await keyOf(found, rest[1], COSIGNATURE));
  } else if (kind === "group" && rest.length >= 3) {
    fresh(found, rest[0]);
    found.groups.set(rest[0], groupOf(found, rest[1], rest.slice(2)));
  } else if (kind === "quorum" && rest.length === 1 && !found.quorum) {
    if (rest[0] !== NONE) known(found, rest[0]);
    found.quorum = rest[0];
  } else malformed(`${kind}: no line of a policy, or not there`);
}

async function keyOf(found, raw, kind) {
  const key = await readVkey(text(Uint8Array.from(raw, (one) => one.charCodeAt(0))));
  if (key.kind !== kind) malformed("a key of another type");
  if ([...found.logs, ...found.witnesses.values()].some((one) => equal(one.octets, key.octets))) malformed("one key stands twice");
  return key;
}

function groupOf(found, least, names) {
  for (const one of names) {
    known(found, one);
    if (found.members.has(one)) malformed(`${one}: stands in two groups, or twice`);
    found.members.add(one);
  }
  if (least !== "all" && least !== "any" && !/^[1-9][0-9]{0,3}$/.test(least)) malformed("no number of members");
  const wanted = least === "all" ? names.length : least === "any" ? 1 : Number(least);
  if (wanted > names.length) malformed("more than there are members");
  return { least: wanted, names };
}

function fresh(found, name) {
  if (name === NONE || found.witnesses.has(name) || found.groups.has(name)) malformed(`${name}: stands twice, or may not be a name`);
}

function known(found, name) {
  if (!found.witnesses.has(name) && !found.groups.has(name)) malformed(`${name}: not named before`);
}

/** The checkpoint, signed by the log that it names. */
export async function trustedCheckpoint(trust, note) {
  const { origin } = await readCheckpoint(note), key = trust.logs.find((one) => one.name === origin);
  if (!key) throw new Fault("log.unknown", { origin });
  await verifyNote(note, key);
  return readCheckpoint(note);
}

/** When each witness cosigned (L5): Map of name to seconds. */
export async function cosigned(trust, note) {
  const found = new Map();
  for (const [name, key] of trust.witnesses) {
    const at = await cosignedAt(note, key);
    if (at !== null) found.set(name, at);
  }
  if (found.size < LEAST || !signedBy(trust, trust.quorum, found))
    throw new Fault("log.quorum", { count: String(found.size), known: String(trust.witnesses.size), least: String(LEAST) });
  return found;
}

function signedBy(trust, name, found) {
  if (name === NONE || trust.witnesses.has(name)) return name === NONE || found.has(name);
  const group = trust.groups.get(name);
  return group.names.filter((one) => signedBy(trust, one, found)).length >= group.least;
}
