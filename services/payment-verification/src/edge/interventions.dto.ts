import { IsExternalId, IsId, IsMoney, IsNote } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsNotEmpty, IsOptional, IsUUID } from 'class-validator';

export class AssigneeDto {
  @ApiProperty({ example: 'staff-17', description: 'Who looks into it: an id, not a name.' })
  @IsId(200)
  readonly assignee!: string;
}

export class ReviewDto {
  @ApiProperty({ enum: ['accept', 'reject'], description: 'Whether the order goes on.' })
  @IsIn(['accept', 'reject'])
  readonly decision!: 'accept' | 'reject';

  @ApiProperty({
    example: 'Called back; the order is genuine.',
    description: 'Why. Kept for ever and not sealed: no names, numbers or addresses.',
  })
  @IsNote(2_000)
  @IsNotEmpty()
  readonly note!: string;
}

export class RemittanceDto {
  @ApiProperty({ format: 'uuid', description: 'The shipment that the cash was collected for.' })
  @IsUUID()
  readonly shipmentId!: string;

  @ApiProperty({ description: 'Minor units of the payment’s currency.' })
  @IsMoney({ least: 1 })
  readonly amount!: number;

  @ApiProperty({ example: 'REM-2026-1142', description: 'The carrier’s own number of the hand-over.' })
  @IsExternalId()
  readonly reference!: string;
}

export class CaptureDto {
  @ApiPropertyOptional({ description: 'Minor units of the payment’s currency; absent: all that is due and was not taken.' })
  @IsOptional()
  @IsMoney({ least: 1 })
  readonly amount?: number;
}

const refundTenders = ['original', 'store-credit'] as const;
const payoutTenders = ['transfer', 'cash', 'store-credit', 'original'] as const;

export class RefundDto {
  @ApiProperty({ description: 'Minor units of the payment’s currency.' })
  @IsMoney({ least: 1 })
  readonly amount!: number;

  @ApiPropertyOptional({ enum: refundTenders, default: 'original', description: 'In which way it goes back.' })
  @IsOptional()
  @IsIn(refundTenders)
  readonly tender?: (typeof refundTenders)[number];
}

export class PayoutDto {
  @ApiProperty({
    enum: payoutTenders,
    description:
      'How it is paid out; `original` where the channel that has the money gave it back. `store-credit` is put on the balance of the order’s customer; the others say what somebody did.',
  })
  @IsIn(payoutTenders)
  readonly tender!: (typeof payoutTenders)[number];

  @ApiPropertyOptional({ example: 'BACS-2026-11-27-0042', description: 'The number of the transfer or receipt; store credit has its own.' })
  @IsOptional()
  @IsExternalId()
  readonly reference?: string;
}

const outcomes = ['done', 'not-done'] as const;

export class MoneyOutcomeDto {
  @ApiProperty({
    enum: outcomes,
    description: 'What its provider’s own books say. What the provider says itself counts still, whatever is said here.',
  })
  @IsIn(outcomes)
  readonly outcome!: (typeof outcomes)[number];

  @ApiPropertyOptional({
    example: 're_3Q5b',
    description: 'The provider’s own number of it; of a capture or refund that was done it is needed.',
  })
  @IsOptional()
  @IsExternalId()
  readonly reference?: string;
}
