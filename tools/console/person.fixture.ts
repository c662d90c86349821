import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import type { Site } from './site.fixture';

/** Somebody at the console, whose steps are counted: a key, a text, a click, a choice or a scan is one; reading is none. */
export class Person {
  steps = 0;

  constructor(readonly page: Page) {}

  private step(done: Promise<unknown>): Promise<unknown> {
    this.steps += 1;
    return done;
  }

  press(key: string): Promise<unknown> {
    return this.step(this.page.keyboard.press(key));
  }

  type(text: string): Promise<unknown> {
    return this.step(this.page.keyboard.type(text));
  }

  /** As a scanner does that types what it reads, once the field waits for it. */
  async scan(text: string, field: string): Promise<void> {
    await this.page.locator('.field', { hasText: field }).locator('input:focus').waitFor();
    await this.page.keyboard.type(text);
    await this.press('Enter');
  }

  click(on: Locator): Promise<unknown> {
    return this.step(on.click());
  }

  check(on: Locator): Promise<unknown> {
    return this.step(on.check());
  }

  fill(field: Locator, text: string): Promise<unknown> {
    return this.step(field.fill(text));
  }

  choose(from: Locator, option: string): Promise<unknown> {
    return this.step(from.selectOption(option));
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }
}

interface Walked {
  readonly task: string;
  readonly steps: number;
  readonly seconds: number;
}

/** Tasks, each begun at Home, and what each took. */
export class WorkingDay {
  private readonly walked: Walked[] = [];

  constructor(private readonly site: Site) {}

  async task(task: string, does: (person: Person) => Promise<unknown>): Promise<void> {
    const person = new Person(await this.site.open(''));
    await person.page.locator('.tile').first().waitFor();
    const began = performance.now();
    await does(person);
    this.walked.push({ task, steps: person.steps, seconds: (performance.now() - began) / 1_000 });
  }

  /** As a table in Markdown. */
  write(file: string): void {
    const rows = this.walked.map(({ task, steps, seconds }) => `| ${task} | ${steps} | ${seconds.toFixed(1)} |`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, ['| task | steps | seconds |', '| --- | --- | --- |', ...rows, ''].join('\n'));
  }
}
