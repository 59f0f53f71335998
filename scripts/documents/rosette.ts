import { type Hex, toBytes } from "viem";

const POINTS_PER_LOBE = 24;

/**
 * Paths of a rosette as banknotes have it, within a circle of radius 100 around the origin. It is drawn from a hash, so that two
 * certificates never show the same; it proves nothing, the signature does.
 */
export function rosette(seed: Hex): string[] {
  const [a = 0, b = 0, c = 0, d = 0] = toBytes(seed);
  return [
    ring(96, 8 + (a % 5), 24 + (a % 13), 0),
    ring(96, 8 + (a % 5), 24 + (a % 13), Math.PI),
    ring(78, 10 + (b % 6), 15 + (b % 7), 0),
    ring(78, 10 + (b % 6), 15 + (b % 7), Math.PI),
    ring(52, 13 + (c % 5), 9 + (c % 7), d / 40),
    ring(52, 13 + (c % 5), 9 + (c % 7), d / 40 + Math.PI),
  ];
}

/** A circle that waves inwards and outwards. */
function ring(radius: number, depth: number, lobes: number, phase: number): string {
  const count = lobes * POINTS_PER_LOBE;
  const points = Array.from({ length: count }, (_, i) => {
    const angle = (2 * Math.PI * i) / count;
    const r = radius - depth + depth * Math.cos(lobes * angle + phase);
    return `${(r * Math.cos(angle)).toFixed(1)} ${(r * Math.sin(angle)).toFixed(1)}`;
  });
  return `M${points.join("L")}Z`;
}
