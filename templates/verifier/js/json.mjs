// JSON that stands in its RFC 8785 octets, or is refused (attestation Z9): so no key stands twice, nothing is spelt two ways.
import { text, utf8 } from "./octets.mjs";
import { Malformed, malformed, refused } from "./outcome.mjs";

const DEEPEST = 400; // levels; a report has a dozen, and Python's reader ends below its own limit too

/** `value` as RFC 8785 text. `floats`: whether a number may be other than whole. */
export function canonicalText(value, floats = true, level = 0) {
  if (level > DEEPEST) malformed("nested too deeply");
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") {
    if (!value.isWellFormed()) malformed("a lone surrogate");
    return JSON.stringify(value);
  }
  if (typeof value === "number") {
    if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value) && !floats)) malformed("a number");
    if (!floats && !Number.isInteger(value)) malformed("a number with a fraction");
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((one) => canonicalText(one, floats, level + 1)).join(",")}]`;
  if (typeof value !== "object") malformed("no JSON");
  const keys = Object.keys(value).sort(); // by UTF-16 code units, RFC 8785 3.2.3
  return `{${keys.map((key) => `${canonicalText(key)}:${canonicalText(value[key], floats, level + 1)}`).join(",")}}`;
}

export const canonical = (value) => utf8(canonicalText(value));

/** The value of canonical octets; Malformed for every other. */
export function readCanonical(octets, floats = true) {
  let value;
  const held = text(octets);
  try {
    value = JSON.parse(held);
  } catch {
    malformed("no JSON");
  }
  if (canonicalText(value, floats) !== held) malformed("not the canonical bytes of its value");
  return value;
}

/** The same for a member of a bundle: a Fault `bundle.not_canonical`, and no number but whole ones. */
export function readMember(octets, name) {
  try {
    return readCanonical(octets, false);
  } catch (error) {
    if (error instanceof Malformed || error instanceof RangeError) throw refused("not_canonical", "Z9", { member: name });
    throw error;
  }
}

/** Own members only: a key of hostile JSON may be called like something that every object has. */
export const has = (value, key) => Object.prototype.hasOwnProperty.call(value, key);
export const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
