/** What is to go wrong with the next request: `none` goes well, `lost` is done and its answer is lost, of the others nothing is done. */
export type VendorFault = 'none' | 'lost' | 'broken' | 'throttled' | 'denied';

/** Faults, each of which strikes one request. */
export class VendorFaults {
  private readonly next: VendorFault[] = [];

  strike(...faults: readonly VendorFault[]): void {
    this.next.push(...faults);
  }

  take(): VendorFault | undefined {
    return this.next.shift();
  }
}
