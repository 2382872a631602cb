// Octets, texts and digests. Text order is that of code points, as Python has it.
import { malformed } from "./outcome.mjs";

export const utf8 = (text) => new TextEncoder().encode(text);

/** The text of UTF-8 octets; Malformed for any other. */
export function text(octets) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(octets);
  } catch {
    return malformed("not UTF-8");
  }
}

export function ascii(octets) {
  for (const one of octets) if (one > 127) malformed("not ASCII");
  return text(octets);
}

export const latin1 = (octets) => Array.from(octets, (one) => String.fromCharCode(one)).join("");

export function equal(one, other) {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at += 1) if (one[at] !== other[at]) return false;
  return true;
}

export function concat(...parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export const hex = (octets) => Array.from(octets, (one) => one.toString(16).padStart(2, "0")).join("");

export const unhex = (value) => Uint8Array.from(value.match(/../g) || [], (one) => parseInt(one, 16));

export const digest = async (name, octets) => new Uint8Array(await crypto.subtle.digest(name, octets));

export const sha256 = async (octets) => hex(await digest("SHA-256", octets));

/** The octets of standard base64 in its one form. */
export function unbase64(value, where = "base64") {
  if (typeof value !== "string" || !/^[A-Za-z0-9+/]*={0,2}$/.test(value) || value.length % 4) malformed(`${where}: no base64`);
  let raw;
  try {
    raw = atob(value);
  } catch {
    malformed(`${where}: no base64`);
  }
  const octets = Uint8Array.from(raw, (one) => one.charCodeAt(0));
  if (base64(octets) !== value) malformed(`${where}: base64 that is not the encoding of its octets`);
  return octets;
}

export function base64(octets) {
  let raw = "";
  for (let at = 0; at < octets.length; at += 4096) raw += String.fromCharCode(...octets.subarray(at, at + 4096));
  return btoa(raw);
}

/** Order of two texts by code points: that of Python, and of UTF-8 octets. */
export function compareText(one, other) {
  const a = Array.from(one), b = Array.from(other);
  for (let at = 0; at < Math.min(a.length, b.length); at += 1)
    if (a[at] !== b[at]) return a[at].codePointAt(0) - b[at].codePointAt(0);
  return a.length - b.length;
}

/** Order of two strings of octets. */
export function compareOctets(one, other) {
  const length = Math.min(one.length, other.length);
  for (let at = 0; at < length; at += 1) if (one[at] !== other[at]) return one[at] - other[at];
  return one.length - other.length;
}

/** A hostile name that may be shown: ASCII, no controls, cut at 100 characters. */
export function shown(name) {
  const told = Array.from(name, (one) => {
    const code = one.codePointAt(0);
    if (one === "\\") return "\\\\";
    if (code >= 32 && code < 127) return one;
    return code < 256 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
  });
  return told.join("").slice(0, 100);
}
