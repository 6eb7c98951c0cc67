import { cpus, loadavg, platform, release, totalmem } from "node:os";

/** What the figures were measured on. A load near or above the number of cores means that they are noisy. */
export function describeMachine(): string {
  const cores = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const load = loadavg()[0]?.toFixed(1) ?? "unknown";
  return `${cores.length} × ${cores[0]?.model.trim()}, ${memory} GiB, ${platform()} ${release()}, Node ${process.version}, load ${load} at the start`;
}
