import { AsNumber, IsCode, IsId, IsNote, IsPlainText, IsQuantity, ListOf, PageQuery } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { messageStatuses, type MessageStatus } from '../app/outbox';
import { media, messageKinds, type Medium, type MessageKind } from '../domain/kinds';

export class MessageQueryDto extends PageQuery {
  @ApiPropertyOptional({ example: 'web', description: 'About orders of one sales channel.' })
  @IsOptional()
  @IsCode()
  channel?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  orderId?: string;

  @ApiPropertyOptional({ enum: messageStatuses })
  @IsOptional()
  @IsIn(messageStatuses)
  status?: MessageStatus;
}

export class TemplateQueryDto extends PageQuery {
  @ApiPropertyOptional({ enum: messageKinds })
  @IsOptional()
  @IsIn(messageKinds)
  kind?: MessageKind;

  @ApiPropertyOptional({ enum: media })
  @IsOptional()
  @IsIn(media)
  medium?: Medium;
}

const LONGEST = 200_000;

export class DraftTemplateDto {
  @ApiPropertyOptional({ example: '[[Your order {number}]]', description: 'Of a mail.' })
  @IsOptional()
  @IsPlainText(500)
  subject?: string;

  @ApiPropertyOptional({ description: 'MJML, of a mail; ICU messages stand between `[[` and `]]`.' })
  @IsOptional()
  @IsNote(LONGEST)
  mjml?: string;

  @ApiProperty({ example: '[[Hello {name}, your order {number} is on its way.]]' })
  @IsNote(LONGEST)
  text!: string;
}

export class PreviewTemplateDto extends DraftTemplateDto {
  @ApiPropertyOptional({
    example: 'de',
    description: 'In whose way numbers, days and money are written, BCP 47; absent: in that of the template.',
  })
  @IsOptional()
  @IsCode()
  locale?: string;
}

export class ActivateTemplateDto {
  @ApiProperty({ example: 2, description: 'The version that messages are written by from now on; an earlier one takes a newer one back.' })
  @IsQuantity({ most: 1_000_000 })
  version!: number;
}

export class BrandDto {
  @ApiProperty({ example: 'Acme' })
  @IsPlainText(100)
  name!: string;

  @ApiProperty({ example: 'Acme <orders@acme.example>' })
  @IsPlainText(320)
  sender!: string;

  @ApiProperty({ example: 'de', description: 'Of customers who said none; BCP 47.' })
  @IsCode()
  locale!: string;

  @ApiProperty({ type: [String], example: ['web-de'], description: 'Its sales channels.' })
  @ListOf({ max: 1_000 })
  @IsId(100, { each: true })
  channels!: string[];
}

export class PreferencesDto {
  @ApiProperty({
    type: [String],
    example: ['review-request'],
    description: 'Kinds of message that the customer does without; empty: none.',
  })
  @ListOf({ min: 0, max: 100 })
  @IsId(64, { each: true })
  optOut!: string[];
}

export class TemplatePath {
  @ApiProperty({ example: 'dispatched.email.de', description: 'Kind, medium, locale and perhaps brand.' })
  @IsId(200)
  template!: string;
}

export class TemplateVersionPath extends TemplatePath {
  @ApiProperty({ example: 2, description: '1 is built in.' })
  @AsNumber()
  @IsQuantity({ most: 1_000_000 })
  version!: number;
}

export class BrandPath {
  @ApiProperty({ example: 'acme' })
  @IsCode()
  brand!: string;
}

export class CustomerPath {
  @ApiProperty({ example: 'c-17' })
  @IsId(200)
  customerId!: string;
}
