/** One of the process's output streams. */
export interface OutputStream {
  readonly isTerminal: boolean;
  /** Columns of the terminal, undefined where there is none. */
  readonly columns: number | undefined;
  write(text: string): void;
}

/** The process around a run, handed in so that a run can be tested without one. */
export interface Host {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Node's name of the operating system: "linux", "darwin", "win32", … */
  readonly platform: string;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  /** Milliseconds since any fixed point. */
  now(): number;
}
