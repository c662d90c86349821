import { dispositions, grades, limits, type Disposition, type Grade } from '@cartage/contracts';
import { IsCode, IsLineId, IsNote, IsQuantity, NestedList, PageQuery } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsNotEmpty, IsOptional, IsUUID } from 'class-validator';

const statuses = ['requested', 'awaiting-review', 'authorized', 'declined', 'received', 'refund-failed', 'closed'] as const;
const size = { max: limits.lines };

class QuantityDto {
  @ApiProperty({ example: '1', description: 'Line of the order.' })
  @IsLineId()
  lineId!: string;

  @ApiProperty({ example: 1, description: 'Units.' })
  @IsQuantity()
  quantity!: number;
}

class AskedLineDto extends QuantityDto {
  @ApiProperty({ example: 'too-small', description: 'The customer’s reason code.' })
  @IsCode()
  reason!: string;
}

export class RequestReturnDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  orderId!: string;

  @NestedList(() => AskedLineDto, size)
  lines!: AskedLineDto[];
}

export class DecideReturnDto {
  @ApiProperty({ enum: ['authorize', 'decline'] })
  @IsIn(['authorize', 'decline'])
  decision!: 'authorize' | 'decline';

  @ApiProperty({ description: 'Why; the customer may be shown it.' })
  @IsNote(1_000)
  @IsNotEmpty()
  note!: string;
}

export class ReceiveReturnDto {
  @ApiProperty({ example: 'LDN-1', description: 'Code of the location where it came in.' })
  @IsCode()
  location!: string;

  @NestedList(() => QuantityDto, size, { description: 'What really came; less than was authorised is allowed.' })
  lines!: QuantityDto[];
}

export class GradeItemDto extends QuantityDto {
  @ApiProperty({ enum: grades, description: 'Condition: A as new … scrap.' })
  @IsIn(grades)
  grade!: Grade;

  @ApiPropertyOptional({ enum: dispositions, description: 'What becomes of the units; the policy’s choice for the grade if absent.' })
  @IsOptional()
  @IsIn(dispositions)
  disposition?: Disposition;

  @ApiPropertyOptional({
    format: 'uuid',
    description: 'The receipt that the units came with; if absent, the first one with units of the line that were not graded.',
  })
  @IsOptional()
  @IsUUID()
  receiptId?: string;
}

export class ReturnQueryDto extends PageQuery {
  @ApiPropertyOptional({ enum: statuses })
  @IsOptional()
  @IsIn(statuses)
  status?: (typeof statuses)[number];

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  orderId?: string;

  @ApiPropertyOptional({ example: 'LDN-1', description: 'Where it came in last.' })
  @IsOptional()
  @IsCode()
  location?: string;
}
