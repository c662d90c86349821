import { openFonts } from '@cartage/service-kit';
import type { Dpi, QuoteRequest as Consignment } from '../../app/carrier';
import { layoutsOf, unprintableIn, type LabelText, type Unprintable } from './label-layout';
import { labelPdf } from './label-pdf';
import { labelZpl } from './label-zpl';

/** Prints labels in the scripts of the world; what it cannot print as it is written, it does not print in other letters. */
export interface LabelPrinter {
  /** Which field of the recipient cannot be printed, and why; nothing when all of it can. */
  unprintable(consignment: Consignment): Unprintable | undefined;
  /** A page of 4 × 6 inches for each parcel, with its tracking number as Code 128. */
  pdf(consignment: Consignment, label: LabelText): Promise<Buffer>;
  /** The same for a label printer that speaks ZPL II. */
  zpl(consignment: Consignment, label: LabelText, dpi: Dpi): string;
}

export const labelPrinter = (): LabelPrinter => {
  const fonts = openFonts();
  return {
    unprintable: (consignment) => unprintableIn(fonts, consignment),
    pdf: (consignment, label) => labelPdf(layoutsOf(fonts, consignment, label)),
    zpl: (consignment, label, dpi) => labelZpl(layoutsOf(fonts, consignment, label), dpi),
  };
};
