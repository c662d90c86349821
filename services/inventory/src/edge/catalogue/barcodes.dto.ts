import { barcodeKindOf, barcodeKinds, barcodeLimits, type Barcode, type BarcodeKind } from '@cartage/contracts';
import { IsBarcode, IsQuantity } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';

export class BarcodeDto {
  @ApiProperty({
    example: '4006381333931',
    description: 'As scanners read it: a GTIN-8, GTIN-12 (UPC-A), GTIN-13 (EAN) or GTIN-14, or a code of your own.',
  })
  @IsBarcode()
  readonly code!: string;

  @ApiPropertyOptional({
    enum: barcodeKinds,
    description:
      'Absent: what has 8, 12, 13 or 14 digits is a GTIN, and its check digit must be right; all else is your own. `own`: no check digit is looked at.',
  })
  @IsOptional()
  @IsIn(barcodeKinds)
  readonly kind?: BarcodeKind;

  @ApiPropertyOptional({ default: 1, description: 'Units that one scan stands for: 12 on a case of twelve.' })
  @IsOptional()
  @IsQuantity({ most: barcodeLimits.units })
  readonly units?: number;
}

/** As it is kept: what nobody said is said, too. */
export const barcodeOf = ({ code, kind = barcodeKindOf(code), units = 1 }: BarcodeDto): Barcode => ({ code, kind, units });
