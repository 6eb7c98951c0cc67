/** One thing in an archive that is not a folder. */
export interface ArchiveEntry {
  readonly name: string;
  /** False for links and devices, which are never unpacked. */
  readonly isFile: boolean;
  /** Unpacked size in bytes, as the archive states it. */
  readonly size: number;
  readonly read: () => Buffer;
}
