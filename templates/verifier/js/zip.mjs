// The members of a hostile zip, in memory; nothing is extracted (attestation Z3 to Z7, Z9; verify/bundle/zip_*.py).
import { ascii, compareText, concat, equal, latin1, shown, utf8 } from "./octets.mjs";
import { Malformed, refused } from "./outcome.mjs";
import { checkNames } from "./names.mjs";

const LIMITS = { entries: 10000, total: 512 * 1024 * 1024, ratio: 200, framing: 16 * 1024 * 1024 };
const HARMLESS = 0x080e, ENCRYPTED = 0x2041, DESCRIPTOR = 8, DEFLATED = 8;

const framing = () => refused("framing", "Z7");

/** {members, repacked}. A zip that is not byte-equal to our own encoding of its members is repacked (Z9). */
export async function readContainer(data) {
  if (data.length > LIMITS.total + LIMITS.framing) throw tooLarge("");
  const entries = directory(data);
  const files = entries.filter((one) => !one.name.endsWith("/"));
  checkNames(files.map((one) => one.name));
  checkFolders(entries, files);
  const found = [];
  let total = 0;
  for (const one of files) {
    const content = await contentOf(data, one, total);
    total += content.length;
    found.push([one.name, content]);
  }
  found.sort((one, other) => compareText(one[0], other[0]));
  const members = new Map(found);
  return { members, repacked: !equal(zipBytes(members), data) };
}

function tooLarge(member) {
  return refused("too_large", "Z4", { member, limit: LIMITS.total / 1048576 });
}

function directory(data) {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const last = data.length - 22;
  if (last < 0) throw refused("not_a_zip", "Z7");
  const u16 = (at) => view.getUint16(at, true), u32 = (at) => view.getUint32(at, true);
  if (u32(last) !== 0x06054b50 || u16(last + 20)) throw indexOfEnd(data) ? framing() : refused("not_a_zip", "Z7");
  const count = u16(last + 10), at = u32(last + 16);
  if (u16(last + 4) || u16(last + 6) || u16(last + 8) !== count || at + u32(last + 12) !== last) throw framing();
  if (count > LIMITS.entries) throw refused("too_many", "Z4", { limit: LIMITS.entries });
  const found = [];
  let place = at;
  for (let number = 0; number < count; number += 1) {
    if (place + 46 > last || u32(place) !== 0x02014b50) throw framing();
    const [nameLength, extra, comment] = [u16(place + 28), u16(place + 30), u16(place + 32)];
    const begin = place + 46, next = begin + nameLength + extra + comment;
    if (next > last) throw framing();
    const raw = data.subarray(begin, begin + nameLength);
    checkExtras(data.subarray(begin + nameLength, begin + nameLength + extra), raw);
    found.push({
      raw, offset: u32(place + 42), flags: u16(place + 8), method: u16(place + 10), crc: u32(place + 16), packed: u32(place + 20),
      size: u32(place + 24), disk: u16(place + 34), attributes: u32(place + 38),
    });
    place = next;
  }
  if (place !== last) throw framing();
  found.sort((one, other) => one.offset - other.offset);
  if ((found.length ? found[0].offset : at) !== 0) throw framing();
  return found.map((one, number) => entry(data, view, one, number + 1 < found.length ? found[number + 1].offset : at));
}

function indexOfEnd(data) {
  for (let at = 0; at + 4 <= data.length; at += 1)
    if (data[at] === 0x50 && data[at + 1] === 0x4b && data[at + 2] === 5 && data[at + 3] === 6) return true;
  return false;
}

function entry(data, view, one, end) {
  const u16 = (at) => view.getUint16(at, true), u32 = (at) => view.getUint32(at, true);
  let name;
  try {
    name = ascii(one.raw);
  } catch (error) {
    if (error instanceof Malformed) throw refused("name", "Z6", { member: shown(latin1(one.raw)) });
    throw error;
  }
  const fault = (key, rule) => refused(key, rule, { member: shown(name) });
  if (one.flags & ENCRYPTED) throw fault("encrypted", "Z5");
  if (![0, DEFLATED].includes(one.method) || one.flags & ~HARMLESS) throw fault("method", "Z5");
  const kind = (one.attributes >>> 16) & 0xf000, folder = name.endsWith("/");
  const wrong = ![0, folder ? 0x4000 : 0x8000].includes(kind) || one.attributes & 8 || (one.attributes & 16 && !folder);
  if (wrong) throw fault("not_a_file", "Z5");
  const offset = one.offset, begin = offset + 30;
  if (begin > end || one.disk) throw fault("overlap", "Z7");
  const nameLength = u16(offset + 26), start = begin + nameLength + u16(offset + 28);
  if (u32(offset) !== 0x04034b50 || start + one.packed > end) throw fault("overlap", "Z7");
  if (!equal(data.subarray(begin, begin + nameLength), one.raw)) throw fault("two_names", "Z7");
  checkExtras(data.subarray(begin + nameLength, start), one.raw);
  const sizes = [u32(offset + 14), u32(offset + 18), u32(offset + 22)], said = [one.crc, one.packed, one.size];
  if (u16(offset + 6) !== one.flags || u16(offset + 8) !== one.method) throw fault("two_headers", "Z7");
  const behind = data.subarray(start + one.packed, end), agreed = sizes.every((part, at) => part === said[at]);
  if (one.flags & DESCRIPTOR) {
    const plain = little(said), marked = concat(Uint8Array.of(0x50, 0x4b, 7, 8), plain);
    const empty = sizes.every((part) => part === 0);
    if (!(agreed || empty) || !(equal(behind, plain) || equal(behind, marked))) throw fault("two_headers", "Z7");
  } else if (!agreed || behind.length) throw fault("two_headers", "Z7");
  if (one.method === 0 && one.packed !== one.size) throw fault("size", "Z4");
  return { name, method: one.method, crc: one.crc, packed: one.packed, size: one.size, start };
}

function little(numbers) {
  const view = new DataView(new ArrayBuffer(4 * numbers.length));
  numbers.forEach((one, at) => view.setUint32(4 * at, one, true));
  return new Uint8Array(view.buffer);
}

function checkExtras(extra, raw) {
  let place = 0;
  while (place < extra.length) {
    if (place + 4 > extra.length) throw framing();
    const identifier = extra[place] | (extra[place + 1] << 8);
    place += 4 + (extra[place + 2] | (extra[place + 3] << 8));
    if (place > extra.length) throw framing();
    if (identifier === 0x7075) throw refused("two_names", "Z7", { member: shown(latin1(raw)) });
    if (identifier === 0x0001) throw refused("zip64", "Z7", { member: shown(latin1(raw)) });
  }
}

function checkFolders(entries, files) {
  const seen = new Set();
  for (const one of entries) {
    if (!one.name.endsWith("/")) continue;
    const empty = !one.size && !one.packed && !one.crc;
    if (!empty || seen.has(one.name) || !files.some((file) => file.name.startsWith(one.name)))
      throw refused("not_a_file", "Z5", { member: shown(one.name) });
    seen.add(one.name);
  }
}

async function contentOf(data, one, total) {
  const packed = data.subarray(one.start, one.start + one.packed);
  const content = one.method === DEFLATED ? await inflated(packed, one, LIMITS.total - total) : packed;
  if (total + content.length > LIMITS.total) throw tooLarge(shown(one.name));
  if (content.length !== one.size) throw refused("size", "Z4", { member: shown(one.name) });
  if (crc32(content) !== one.crc) throw refused("checksum", "Z7", { member: shown(one.name) });
  return content;
}

/** What really comes out, stopped where more comes than may. */
async function inflated(packed, one, room) {
  const member = shown(one.name), byRatio = LIMITS.ratio * packed.length, parts = [];
  const most = Math.min(room, byRatio, one.size);
  let length = 0;
  try {
    const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      parts.push(step.value);
      length += step.value.length;
      if (length > most) {
        reader.cancel().catch(() => null);
        break;
      }
    }
  } catch {
    throw refused("damaged", "Z7", { member });
  }
  if (length > byRatio) throw refused("ratio", "Z4", { member, limit: LIMITS.ratio });
  if (length > room) throw tooLarge(member);
  if (length > one.size) throw refused("size", "Z4", { member });
  return concat(...parts);
}

const CRC = Uint32Array.from({ length: 256 }, (_, start) => {
  let value = start;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

function crc32(octets) {
  let value = 0xffffffff;
  for (let at = 0; at < octets.length; at += 1) value = CRC[(value ^ octets[at]) & 255] ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

/** The one zip that these members have (verify/bundle/zip_write.py). */
export function zipBytes(members) {
  const local = [], central = [];
  let offset = 0;
  for (const name of [...members.keys()].sort(compareText)) {
    const content = members.get(name), raw = utf8(name), common = new DataView(new ArrayBuffer(26));
    [20, 0, 0, 0, 33].forEach((one, at) => common.setUint16(2 * at, one, true));
    [crc32(content), content.length, content.length].forEach((one, at) => common.setUint32(10 + 4 * at, one, true));
    common.setUint16(22, raw.length, true);
    const held = new Uint8Array(common.buffer), tail = new DataView(new ArrayBuffer(14));
    tail.setUint32(6, 0x81a40000, true); // a regular file, 0644
    tail.setUint32(10, offset, true);
    local.push(Uint8Array.of(0x50, 0x4b, 3, 4), held, raw, content);
    central.push(Uint8Array.of(0x50, 0x4b, 1, 2, 20, 3), held, new Uint8Array(tail.buffer), raw);
    offset += 30 + raw.length + content.length;
  }
  const listing = concat(...central), end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, members.size, true);
  end.setUint16(10, members.size, true);
  end.setUint32(12, listing.length, true);
  end.setUint32(16, offset, true);
  return concat(...local, listing, new Uint8Array(end.buffer));
}
