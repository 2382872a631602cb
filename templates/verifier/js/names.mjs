// Which members a bundle may have, under which names, and SHA256SUMS (attestation Z6, Z8; verify/bundle/members.py, sums.py).
import { ascii, compareText, sha256, shown } from "./octets.mjs";
import { Malformed, refused } from "./outcome.mjs";

export const SUMS = "SHA256SUMS";
const SIGNED = [
  "VERIFY.md", "datapackage.json", "findings.sarif", "index.html", "report.en.html", "report.json",
  "data/cells.csv", "ro-crate-metadata.json", "ruler.json",
];
const ATTESTED = [
  "attest/lead.sigstore.json", "attest/lead.tsr", "attest/reviewer.sigstore.json", "attest/reviewer.tsr",
  "attest/verification.dsse.json", "trust/chain.pem", "trust/crls.pem",
];
export const FURTHER_CHAIN = "trust/further.pem", FURTHER_LISTS = "trust/further.crls.pem";
const MAY = [
  "log/engagement.tlog-proof", "log/entries", "log/released.jsonl", "log/verdict.tlog-proof", "trust/trusted_root.json", FURTHER_CHAIN, FURTHER_LISTS,
];
const OUTSIDE = new Set([SUMS, ...ATTESTED, ...MAY]);
const PATTERNS = [/^trust\/root\.[1-9][0-9]{0,5}\.dsse\.json$/, /^attest\/(?:further|(?:lead|reviewer|further)\.[0-9a-f]{8})\.tsr$/];

/** Whether a member may stand in the bundle without standing in SHA256SUMS. */
export const outside = (name) => OUTSIDE.has(name) || PATTERNS.some((one) => one.test(name));

const DEVICE = /^(?:con|prn|aux|nul|com[1-9]|lpt[1-9])$/i;

/** Fault where a name, or two together, would not unpack alike on every system. */
export function checkNames(names) {
  const seen = new Set(), folders = new Set();
  for (const name of names) {
    for (const part of name.split("/")) {
      const wrong = !/^[A-Za-z0-9._+@=-]+$/.test(part) || part.endsWith(".") || part.length > 100;
      if (wrong || DEVICE.test(part.split(".")[0])) throw refused("name", "Z6", { member: shown(name) });
    }
    if (name.length > 200) throw refused("name", "Z6", { member: shown(name) });
    const key = name.toLowerCase();
    if (seen.has(key)) throw refused("same_name", "Z6", { member: shown(name) });
    seen.add(key);
    const parts = key.split("/");
    for (let depth = 1; depth < parts.length; depth += 1) folders.add(parts.slice(0, depth).join("/"));
  }
  const both = [...seen].filter((one) => folders.has(one)).sort();
  if (both.length) throw refused("file_and_folder", "Z6", { member: shown(both[0]) });
}

function signed(name) {
  return name !== SUMS && !/^(?:attest|log|trust)\//.test(name);
}

/** Digest by name; Fault for anything but the one form that `sha256sum` writes, sorted. */
export function parseSums(octets) {
  const at = (line) => refused("sums_line", "Z9", { member: SUMS, line });
  let held;
  try {
    held = ascii(octets);
  } catch (error) {
    if (error instanceof Malformed) throw at(1);
    throw error;
  }
  const lines = held.split("\n");
  if (lines.pop() !== "") throw at(lines.length + 1);
  const found = new Map();
  let last = "";
  lines.forEach((line, number) => {
    const match = /^([0-9a-f]{64}) {2}([!-~]+)$/.exec(line);
    if (!match || compareText(match[2], last) <= 0) throw at(number + 1);
    last = match[2];
    if (!signed(last)) throw refused("sums_unsigned", "Z8", { member: shown(last) });
    found.set(last, match[1]);
  });
  checkNames(found.keys());
  return found;
}

/** Every fault of the member set, sorted by name. */
export async function memberFaults(members) {
  if (!members.has(SUMS)) throw refused("no_sums", "Z8", { member: SUMS });
  const listed = parseSums(members.get(SUMS));
  const found = new Map();
  for (const name of [...listed.keys(), ...SIGNED, ...ATTESTED]) if (!members.has(name)) found.set(name, "missing");
  for (const [name, octets] of members) {
    if (listed.has(name)) {
      if ((await sha256(octets)) !== listed.get(name)) found.set(name, "altered");
    } else if (!outside(name)) found.set(name, SIGNED.includes(name) ? "unsigned" : "unlisted");
  }
  return [...found.keys()].sort(compareText).map((name) => ({ key: `bundle.member_${found.get(name)}`, args: { member: shown(name) } }));
}
