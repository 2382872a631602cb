// Whether two engagements are of one place: park, fence, codes and sources (verify/bundle/places.py, verify/history/overlap.py).
import { isObject } from "./json.mjs";
import { absolute, add, compare, decimalText, divide, multiply, ofDecimal, rational, subtract, ZERO } from "./rational.mjs";

const CHECK = "TZ-HIS-04", TWO = rational(2n), PERCENT = rational(100n);
const ANY = { place: null, members: null, decimals: null };
const least = (one, other) => (compare(one, other) < 0 ? one : other), most = (one, other) => (compare(one, other) > 0 ? one : other);

/** {place, members, decimals} of a ruler's plain data; of a ruler without them any overlap counts. */
export function sharesOf(ruler) {
  try {
    const params = ruler.text.checks[CHECK].params;
    const values = new Map(ruler.values.filter((one) => one.unit === "%").map((one) => [one.id, one.entries[0].printed]));
    const share = (name) => {
      const printed = values.get(params[name]);
      if (!/^-?[0-9]+(?:\.[0-9]+)?$/.test(printed)) throw new TypeError("no share");
      return divide(ofDecimal(printed), PERCENT);
    };
    const decimals = Number(params.decimals);
    if (!Number.isInteger(decimals)) throw new TypeError("no decimals");
    return { place: share("share"), members: share("members"), decimals };
  } catch {
    return ANY;
  }
}

/** Are two openings, by their released content, of one place? */
export function samePlace(one, other, shares) {
  if (one.park === other.park) return true;
  const here = one.place, there = other.place;
  if (!isObject(here) || !isObject(there)) return false;
  let fence = ZERO;
  for (const first of here.polygons) for (const second of there.polygons) fence = most(fence, shared(areaOf(first), areaOf(second)));
  const spots = [here, there].map((place) => place.sources.map((spot) => spot.map((number) => spotOf(number, shares.decimals)).join()));
  return reached(fence, shares.place) || reached(common(...spots), shares.place) || reached(common(here.codes, there.codes), shares.members);
}

const reached = (share, wanted) => (wanted === null ? share.n > 0n : share.n > 0n && compare(share, wanted) >= 0);

function spotOf(number, decimals) {
  const exact = ofDecimal(number);
  if (decimals === null) return `${exact.n}/${exact.d}`;
  return decimalText(exact, decimals).replace(/^-(?=[0.]+$)/, "");
}

/** Of the smaller of two sets, the share that the other has too. */
function common(one, other) {
  const [a, b] = [new Set(one), new Set(other)], size = Math.min(a.size, b.size);
  return size ? rational(BigInt([...a].filter((held) => b.has(held)).length), BigInt(size)) : ZERO;
}

/** The sides of a polygon, the lower end first, never level. */
function areaOf(shape) {
  const rings = shape.type === "Polygon" ? shape.coordinates : shape.coordinates.flat(), found = [];
  for (const ring of rings) {
    const points = ring.map((spot) => spot.map(ofDecimal));
    points.forEach((first, at) => {
      const second = points[(at + 1) % points.length], turn = compare(first[1], second[1]);
      if (turn) found.push(turn < 0 ? [first, second] : [second, first]);
    });
  }
  return found;
}

/** Of the smaller of two areas, the share that lies in the other. */
function shared(one, other) {
  const sizes = [within(one, one), within(other, other)];
  return sizes.every((size) => size.n) ? divide(within(one, other), least(...sizes)) : ZERO;
}

/** The area inside both: strips in which no two sides cross. */
function within(one, other) {
  const all = [...one, ...other], levels = new Map();
  for (const height of [...all.flatMap((side) => side.map((end) => end[1])), ...crossings(all)]) levels.set(`${height.n}/${height.d}`, height);
  const heights = [...levels.values()].sort(compare);
  let whole = ZERO;
  for (let at = 0; at + 1 < heights.length; at += 1) {
    const [low, high] = [heights[at], heights[at + 1]], middle = divide(add(low, high), TWO);
    const through = (side) => compare(side[0][1], low) <= 0 && compare(high, side[1][1]) <= 0;
    const cuts = [one, other].flatMap((area, which) => area.filter(through).map((side) => [across(side, middle), which]));
    cuts.sort((a, b) => compare(a[0], b[0]) || a[1] - b[1]);
    const inside = [false, false];
    for (let cut = 0; cut + 1 < cuts.length; cut += 1) {
      inside[cuts[cut][1]] = !inside[cuts[cut][1]];
      if (inside[0] && inside[1]) whole = add(whole, multiply(subtract(cuts[cut + 1][0], cuts[cut][0]), subtract(high, low)));
    }
  }
  return absolute(whole);
}

/** The heights at which two sides cross. */
function crossings(sides) {
  const found = [], cross = (ax, ay, bx, by) => subtract(multiply(ax, by), multiply(ay, bx));
  sides.forEach(([a, b], at) => {
    const along = [subtract(b[0], a[0]), subtract(b[1], a[1])];
    for (const [c, d] of sides.slice(at + 1)) {
      const other = [subtract(d[0], c[0]), subtract(d[1], c[1])], turn = cross(...along, ...other);
      if (!turn.n) continue;
      const part = divide(cross(subtract(c[0], a[0]), subtract(c[1], a[1]), ...other), turn);
      if (part.n > 0n && part.n < part.d) found.push(add(a[1], multiply(part, along[1])));
    }
  });
  return found;
}

function across([a, b], height) {
  return add(a[0], divide(multiply(subtract(b[0], a[0]), subtract(height, a[1])), subtract(b[1], a[1])));
}
