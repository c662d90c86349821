import { IsMoney, IsQuantity } from '@cartage/service-kit';
import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn } from 'class-validator';

export class LookAheadDto {
  @ApiProperty({ enum: ['look-ahead'] })
  @IsIn(['look-ahead'])
  readonly method!: 'look-ahead';

  @ApiProperty({ description: 'Whether it counts; otherwise it only stands in decisions, in shadow.' })
  @IsBoolean()
  readonly decides!: boolean;

  @ApiProperty({ example: 14, description: 'Stock is to last for so many days.' })
  @IsQuantity({ most: 366 })
  readonly horizonDays!: number;

  @ApiProperty({ example: 5000, description: 'What it costs not to ship an order, minor units of the table of costs.' })
  @IsMoney()
  readonly unfilledCost!: number;
}
