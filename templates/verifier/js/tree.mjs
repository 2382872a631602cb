// The Merkle tree of RFC 6962 2.1, its proofs verified after RFC 9162 2.1.3.2 and 2.1.4.2 (verify/attest/log/merkle.py). Sizes and
// indices are BigInt, for a log may be larger than a number holds exactly.
import { concat, digest, equal } from "./octets.mjs";
import { Fault } from "./outcome.mjs";

const HASH = 32; // octets of SHA-256

export const leafHash = (entry) => digest("SHA-256", concat(Uint8Array.of(0), entry));
export const nodeHash = (left, right) => digest("SHA-256", concat(Uint8Array.of(1), left, right));

/** The root over these leaf hashes: complete pairs upwards, then the right edge. */
export async function rootOf(leaves) {
  if (!leaves.length) return digest("SHA-256", new Uint8Array(0));
  let level = leaves;
  const peaks = []; // complete subtrees, the smallest first
  while (level.length) {
    if (level.length % 2) peaks.push(level[level.length - 1]);
    const above = [];
    for (let at = 0; at + 1 < level.length; at += 2) above.push(nodeHash(level[at], level[at + 1]));
    level = await Promise.all(above);
  }
  let found = peaks[0];
  for (const one of peaks.slice(1)) found = await nodeHash(one, found);
  return found;
}

/** A Fault log.index, log.hash_length, log.inclusion where the leaf does not stand there. */
export async function verifyInclusion(leaf, index, size, path, wanted) {
  lengths([leaf, wanted, ...path]);
  if (index < 0n || index >= size) throw new Fault("log.index", { index: String(index), size: String(size) });
  const wrong = () => new Fault("log.inclusion", { index: String(index) });
  let place = index, last = size - 1n, found = leaf;
  for (const one of path) {
    if (!last) throw wrong();
    if (place & 1n || place === last) {
      found = await nodeHash(one, found);
      while (place && !(place & 1n)) [place, last] = [place >> 1n, last >> 1n];
    } else found = await nodeHash(found, one);
    [place, last] = [place >> 1n, last >> 1n];
  }
  if (last || !equal(found, wanted)) throw wrong();
}

/** A Fault log.index, log.hash_length, log.consistency where the new tree does not continue the old one; sizes 0 and equal are
 * said explicitly (L7). */
export async function verifyConsistency(before, now, path, oldRoot, newRoot) {
  lengths([oldRoot, newRoot, ...path]);
  if (before < 0n || before > now) throw new Fault("log.index", { index: String(before), size: String(now) });
  const wrong = () => new Fault("log.consistency", { old: String(before), new: String(now) });
  if (!before || before === now) {
    const empty = await rootOf([]);
    if (path.length || !equal(oldRoot, before ? newRoot : empty) || (!now && !equal(newRoot, empty))) throw wrong();
    return;
  }
  const steps = before & (before - 1n) ? [...path] : [oldRoot, ...path];
  if (!steps.length) throw wrong();
  let place = before - 1n, last = now - 1n;
  while (place & 1n) [place, last] = [place >> 1n, last >> 1n];
  let older = steps[0], newer = steps[0];
  for (const one of steps.slice(1)) {
    if (!last) throw wrong();
    if (place & 1n || place === last) {
      [older, newer] = [await nodeHash(one, older), await nodeHash(one, newer)];
      while (place && !(place & 1n)) [place, last] = [place >> 1n, last >> 1n];
    } else newer = await nodeHash(newer, one);
    [place, last] = [place >> 1n, last >> 1n];
  }
  if (last || !equal(older, oldRoot) || !equal(newer, newRoot)) throw wrong();
}

function lengths(hashes) {
  if (hashes.some((one) => one.length !== HASH)) throw new Fault("log.hash_length", { wanted: String(HASH) });
}
