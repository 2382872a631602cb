// The one form of PEM, CSV and JSON members (attestation Z9; verify/bundle/pem.py, cells.py, canonical_members.py).
import { ascii, base64, compareOctets, compareText, equal, text, unbase64, utf8 } from "./octets.mjs";
import { Fault, Malformed, malformed, refused } from "./outcome.mjs";
import { element } from "./der.mjs";
import { canonicalText, readMember } from "./json.mjs";
import { FURTHER_CHAIN, FURTHER_LISTS } from "./names.mjs";

const LABELS = new Map([
  ["trust/chain.pem", "CERTIFICATE"], [FURTHER_CHAIN, "CERTIFICATE"],
  ["trust/crls.pem", "X509 CRL"], [FURTHER_LISTS, "X509 CRL"],
]);

/** What is wrong with the form of each member, sorted by name. */
export function formFaults(members) {
  const found = [];
  for (const [name, octets] of members) {
    try {
      if (/\.(?:json|sarif)$/.test(name)) readMember(octets, name);
      else if (name.endsWith(".jsonl")) readLines(octets, name);
      else if (name.endsWith(".pem")) checkPem(octets, name);
      else if (name.endsWith(".csv")) readTable(octets, name);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      found.push(error);
    }
  }
  return found;
}

function otherForm(name) {
  return refused("not_canonical", "Z9", { member: name });
}

function strictly(name, make) {
  try {
    return make();
  } catch (error) {
    if (error instanceof Malformed) throw otherForm(name);
    throw error;
  }
}

function readLines(octets, name) {
  const lines = strictly(name, () => text(octets)).split("\n");
  if (lines.pop() !== "") throw otherForm(name);
  return lines.map((line) => readMember(utf8(line), name));
}

function checkPem(octets, name) {
  strictly(name, () => {
    const blocks = pemBlocks(octets);
    const further = name === FURTHER_CHAIN || name === FURTHER_LISTS;
    if (!blocks.length && further) malformed("empty");
    const wanted = LABELS.get(name);
    if (wanted && blocks.some((one) => one.label !== wanted)) malformed("label");
    blocks.forEach((one, at) => {
      const before = blocks[at - 1];
      if (before && (compareText(before.label, one.label) || compareOctets(before.der, one.der)) >= 0) malformed("order");
    });
  });
}

/** The blocks of a PEM file whose every octet is as we write it; Malformed else. */
export function pemBlocks(octets) {
  const held = ascii(octets), found = [];
  const block = /-----BEGIN (CERTIFICATE|X509 CRL)-----\n([A-Za-z0-9+/=\n]+)\n-----END \1-----\n/y;
  while (block.lastIndex < held.length) {
    const match = block.exec(held);
    if (!match) malformed("text beside the blocks");
    const der = unbase64(match[2].replaceAll("\n", ""), "PEM");
    if (element(der).tag !== 0x30) malformed("no DER");
    if (match[2] !== base64(der).replace(/.{64}(?=.)/g, "$&\n")) malformed("other lines");
    found.push({ label: match[1], der });
  }
  return found;
}

/** The rows of a table (objects of texts) in the one form that `writeTable` gives. */
export function readTable(octets, name) {
  return strictly(name, () => {
    const lines = splitCsv(text(octets));
    if (!lines.length) malformed("empty");
    const [head, ...body] = lines;
    if (new Set(head).size !== head.length || body.some((line) => line.length !== head.length)) malformed("columns");
    if (!equal(writeTable(head, body), octets)) malformed("form");
    return body.map((line) => new Map(head.map((column, at) => [column, line[at]])));
  });
}

function splitCsv(held) {
  const lines = [];
  let at = 0;
  while (at < held.length) {
    const line = [];
    for (;;) {
      const field = /"((?:[^"]|"")*)"|[^,"\r\n]*/y;
      field.lastIndex = at;
      const match = field.exec(held);
      line.push(match[1] === undefined ? match[0] : match[1].replaceAll('""', '"'));
      at = field.lastIndex;
      if (held[at] !== ",") break;
      at += 1;
    }
    if (held[at] !== "\n") malformed("a line");
    at += 1;
    lines.push(line);
  }
  return lines;
}

/** The CSV of lines of texts, sorted; a field is quoted only where it must be. */
export function writeTable(head, body) {
  const sorted = [...body].sort(compareLines);
  const field = (one) => (/[,"\r\n]/.test(one) ? `"${one.replaceAll('"', '""')}"` : one);
  return utf8([head, ...sorted].map((line) => `${line.map(field).join(",") || '""'}\n`).join(""));
}

function compareLines(one, other) {
  for (let at = 0; at < one.length; at += 1) {
    const found = compareText(one[at], other[at]);
    if (found) return found;
  }
  return 0;
}

export const jsonCell = (value) => canonicalText(value);
