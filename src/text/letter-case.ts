/** "leastSeen" → "least-seen": fields of ours as configuration spells them. */
export function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** "least-seen" → "leastSeen". */
export function camelCase(key: string): string {
  return key.replace(/-(\w)/g, (_match, letter: string) => letter.toUpperCase());
}
