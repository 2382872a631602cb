// The shape of signed JSON (verify/attest/shape.py): exact members, closed vocabularies; everything else is Malformed.
import { malformed } from "./outcome.mjs";
import { has, isObject } from "./json.mjs";
import { instant } from "./der.mjs";

export function members(value, names, optional = []) {
  if (!isObject(value)) malformed(`no object with ${names.join(", ")}`);
  for (const name of names) if (!has(value, name)) malformed(`${name} is missing`);
  for (const name of Object.keys(value)) if (!names.includes(name) && !optional.includes(name)) malformed(`${name} does not belong here`);
  return value;
}

export function items(value, where, least = 0, most = Infinity) {
  if (!Array.isArray(value) || value.length < least || value.length > most) malformed(`${where}: no list of the length that belongs there`);
  return value;
}

export function words(value, where) {
  if (typeof value !== "string" || !value || /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(value)) malformed(`${where}: no text`);
  return value;
}

export function matching(value, pattern, where) {
  if (typeof value !== "string" || !pattern.test(value)) malformed(`${where}: not in its form`);
  return value;
}

export function oneOf(value, vocabulary, where) {
  if (!vocabulary.includes(value)) malformed(`${where}: none of ${vocabulary.join(", ")}`);
  return value;
}

export const sha = (value, where) => matching(value, /^[0-9a-f]{64}$/, where);

export function decimal(value, where) {
  matching(value, /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/, where);
  if (/^-[0.]+$/.test(value)) malformed(`${where}: minus zero`);
  return value;
}

/** Milliseconds since 1970 of a moment in whole seconds of UTC. */
export function moment(value, where) {
  matching(value, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, where);
  return instant(value.slice(0, -1).split(/[-T:]/).map(Number));
}

export function day(value, where) {
  matching(value, /^\d{4}-\d\d-\d\d$/, where);
  return instant([...value.split("-").map(Number), 0, 0, 0]);
}
