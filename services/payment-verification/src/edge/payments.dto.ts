import { IsExternalId, IsId, IsMoney, IsNote, PageQuery } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsNotEmpty, IsOptional, IsString, IsUUID } from 'class-validator';
import { paymentStatuses, type PaymentStatus } from '../app/views/payment-summary';

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

export class PaymentsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: paymentStatuses })
  @IsOptional()
  @IsIn(paymentStatuses)
  readonly status?: PaymentStatus;

  @ApiPropertyOptional({ description: 'Payments of one customer.' })
  @IsOptional()
  @IsId(200)
  readonly customerId?: string;
}

export class AsOfQuery {
  @ApiPropertyOptional({ example: '2026-11-02T10:00:00Z', description: 'As it stood then: an ISO 8601 time with its zone, or a version.' })
  @IsOptional()
  @IsString()
  readonly asOf?: string;
}
