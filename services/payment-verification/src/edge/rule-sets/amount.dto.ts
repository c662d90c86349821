import { IsCurrency, IsMoney } from '@cartage/service-kit';
import { ApiProperty } from '@nestjs/swagger';

export class AmountDto {
  @ApiProperty({ example: 'GBP', description: 'ISO 4217.' })
  @IsCurrency()
  readonly currency!: string;

  @ApiProperty({ description: 'Minor units of the currency: 1 yen, 1 penny, 1 fils.' })
  @IsMoney()
  readonly amount!: number;
}

/** How many currencies a limit may be given in. */
export const amounts = { min: 1, max: 200 };
