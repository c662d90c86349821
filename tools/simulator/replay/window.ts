import { setTimeout as pause } from 'node:timers/promises';

const STUCK_MS = 5_000;
const PAUSE_MS = 20;

/** How many orders are on their way at once. Orders that stand still do not keep the others waiting for ever. */
export class Window {
  private taken = 0;
  private moved = Date.now();

  constructor(private readonly size: number) {}

  async enter(): Promise<void> {
    while (this.taken >= this.size && Date.now() - this.moved < STUCK_MS) await pause(PAUSE_MS);
    if (this.taken >= this.size) this.taken = 0;
    this.taken += 1;
  }

  leave(by = 1): void {
    this.taken = Math.max(0, this.taken - by);
    this.moved = Date.now();
  }
}
