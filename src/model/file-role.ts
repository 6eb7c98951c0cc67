/** What a file is for. Only `production` counts towards signals unless tests are included. */
export type FileRole =
  | "production"
  | "test"
  | "migration"
  | "docs"
  | "example"
  | "script"
  | "generated"
  | "vendored"
  | "stub"
  | "template";
