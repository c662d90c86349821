/** A gauge that is read when it is asked for, not kept up to date in between. */
export interface Measured {
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
}
