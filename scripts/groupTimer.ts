import type { Reporter, TestModule } from 'vitest/node';

/** A reporter of vitest: how long each project took, from the start of its first file to the end of its last one. */
export class GroupTimer implements Reporter {
  readonly #spans = new Map<string, { from: number; to: number }>();

  onTestModuleQueued({ project }: TestModule): void {
    const now = performance.now();
    const { from } = this.#spans.get(project.name) ?? { from: now };
    this.#spans.set(project.name, { from, to: now });
  }

  onTestModuleEnd({ project }: TestModule): void {
    const span = this.#spans.get(project.name);
    if (span) span.to = performance.now();
  }

  /** In the order in which the projects started. */
  get seconds(): { name: string; seconds: number }[] {
    return [...this.#spans].map(([name, { from, to }]) => ({ name, seconds: (to - from) / 1000 }));
  }
}
