import { IsCode, IsCountry, IsId, IsPlainText, ListOf, PageQuery } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsNotEmpty, IsOptional, IsUUID, Matches } from 'class-validator';
import { invoiceTimes, type InvoiceTime } from '../../domain/invoices/legal-entities';

export class LegalEntityDto {
  @ApiProperty({ example: 'Cartage Trading Ltd' })
  @IsPlainText(200)
  @IsNotEmpty()
  readonly name!: string;

  @ApiProperty({ type: [String], example: ['1 High Street', 'London EC1A 1BB'], description: 'As it stands on an invoice.' })
  @ListOf({ min: 0, max: 10 })
  @IsPlainText(200, { each: true })
  readonly address!: readonly string[];

  @ApiProperty({ example: 'GB123456789' })
  @IsPlainText(100)
  @IsNotEmpty()
  readonly taxId!: string;

  @ApiProperty({ example: 'GB-', description: 'Stands before each number: 1 to 20 letters, digits and dashes.' })
  @Matches(/^[A-Z0-9-]{1,20}$/, { message: 'must be 1 to 20 capital letters, digits and dashes' })
  readonly prefix!: string;

  @ApiProperty({ type: [String], example: ['web'], description: 'Channels that sell for it; empty: any.' })
  @ListOf({ min: 0, max: 1_000 })
  @IsId(64, { each: true })
  readonly channels!: readonly string[];

  @ApiProperty({ type: [String], example: ['GB'], description: 'Countries that it sells to; empty: any.' })
  @ListOf({ min: 0, max: 300 })
  @IsCountry({ each: true })
  readonly countries!: readonly string[];

  @ApiPropertyOptional({
    enum: invoiceTimes,
    default: 'dispatch',
    description:
      '`dispatch`: each shipment is invoiced. `capture`: money that is taken before is invoiced in advance, and taken off the invoice of the shipment.',
  })
  @IsOptional()
  @IsIn(invoiceTimes)
  readonly invoiceAt?: InvoiceTime = 'dispatch';
}

export class InvoicesQuery extends PageQuery {
  @ApiPropertyOptional({ example: 'web', description: 'Of orders of one sales channel.' })
  @IsOptional()
  @IsCode()
  readonly channel?: string;

  @ApiPropertyOptional({ example: 'uk', description: 'Of one legal entity.' })
  @IsOptional()
  @IsCode()
  readonly legalEntity?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'Of one order.' })
  @IsOptional()
  @IsUUID()
  readonly orderId?: string;
}
