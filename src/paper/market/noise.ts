/**
 * Reproducible noise in whole numbers: the same on every machine, and a pure function of its arguments, so that any
 * moment of the market can be looked up without having lived through the ones before.
 */

/** Noise runs from -NOISE to NOISE. */
export const NOISE = 1_000_000;
const STEPS = 4096;
const WEIGHTS = 100_000;

function mix(value: number): number {
  let mixed = value | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** A 32-bit number for a text under a seed. */
export function saltOf(seed: number, text: string): number {
  let salt = mix(seed ^ 0x9e3779b9);
  for (let index = 0; index < text.length; index++) {
    salt = Math.imul(salt ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return mix(salt);
}

/** 32 bits for the n-th draw of a salt. */
export function draw(salt: number, n: number): number {
  return mix(Math.imul(salt ^ (n | 0), 0x9e3779b1) ^ (salt >>> 7));
}

function corner(salt: number, cell: number): number {
  return (draw(salt, cell) % (2 * NOISE + 1)) - NOISE;
}

/** Value noise with smooth steps: a whole number in [-NOISE, NOISE] that changes over about `period` milliseconds. */
export function noise(salt: number, time: number, period: number): number {
  const cell = Math.floor(time / period);
  const x = Math.floor(((time - cell * period) * STEPS) / period);
  const smooth = 3 * x * x * STEPS - 2 * x * x * x;
  const weight = Math.floor((smooth * WEIGHTS) / (STEPS * STEPS * STEPS));
  const from = corner(salt, cell);
  return from + Math.trunc(((corner(salt, cell + 1) - from) * weight) / WEIGHTS);
}
