/** Calls a listener; one that throws harms nobody else: the kind of what it threw is logged. */
export function guarded(log: (line: string) => void, listener: () => void): void {
  try {
    listener();
  } catch (error) {
    log(`a listener failed: ${error instanceof Error ? error.name : 'unknown'}`);
  }
}
