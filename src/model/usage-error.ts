/**
 * Wrong use of the command line, the configuration or the input: not a bug. The message is for the user and says in one
 * or two sentences what happened, where, and what to do. The command line prints it and exits with 2.
 */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
