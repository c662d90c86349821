import { Answers, bytes, IdParam } from '@cartage/service-kit';
import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Labels } from '../../app/labels';
import { LABELS } from '../shipments.controller';
import { ZplQuery } from '../shipments.dto';
import type { CustomsPaper, Documents, PackingSlip } from '../../app/documents';

export const DOCUMENTS = Symbol('documents');
export const PRINT_DOCUMENTS = Symbol('print documents');

export interface DocumentPrinter {
  packingSlip(slip: PackingSlip): Promise<Buffer>;
  customs(paper: CustomsPaper): Promise<Buffer>;
}

/** It names the recipient: no cache may keep it. */
const send = (reply: FastifyReply, pdf: Buffer): void =>
  void reply.header('Content-Type', 'application/pdf').header('Cache-Control', 'no-store').send(pdf);

const gone = ['PERSONAL_ERASED', 'DOCUMENT_UNPRINTABLE'] as const;

@ApiTags('shipping')
@Controller('shipping/shipments')
export class DocumentsController {
  constructor(
    @Inject(DOCUMENTS) private readonly documents: Documents,
    @Inject(PRINT_DOCUMENTS) private readonly print: DocumentPrinter,
    @Inject(LABELS) private readonly labels: Labels,
  ) {}

  @Get(':shipmentId/packing-slip.pdf')
  @ApiOperation({
    summary: 'The slip that lies in the parcel: what is in it, for whom. With prices only where they are wanted, and never of a gift.',
  })
  @ApiProduces('application/pdf')
  @Answers(200, bytes, { refuses: { unknown: ['SHIPMENT_UNKNOWN'], conflict: [...gone], invalid: ['ID_INVALID'] } })
  async packingSlip(@Param('shipmentId', IdParam) shipmentId: string, @Res() reply: FastifyReply): Promise<void> {
    send(reply, await this.print.packingSlip(await this.documents.packingSlip(shipmentId)));
  }

  @Get(':shipmentId/customs.pdf')
  @ApiOperation({ summary: 'CN 22, CN 23 or a commercial invoice for each parcel of a shipment that crosses a border.' })
  @ApiProduces('application/pdf')
  @Answers(200, bytes, {
    refuses: {
      unknown: ['SHIPMENT_UNKNOWN'],
      conflict: [...gone, 'CUSTOMS_NOT_NEEDED', 'SHIPMENT_NOT_PACKED', 'SHIPMENT_NOT_LABELLED', 'SHIPMENT_CANCELLED'],
      invalid: ['ID_INVALID'],
    },
  })
  async customs(@Param('shipmentId', IdParam) shipmentId: string, @Res() reply: FastifyReply): Promise<void> {
    send(reply, await this.print.customs(await this.documents.customs(shipmentId)));
  }

  @Get(':shipmentId/label.zpl')
  @ApiOperation({
    summary: 'The label for a label printer: ZPL II, 4 × 6 inches, a format for each parcel.',
    description:
      'Latin text in the printer’s own font, other scripts as graphics. A carrier that gives ZPL itself gives it at its own resolution; one that gives none is refused.',
  })
  @ApiProduces('application/zpl')
  @Answers(200, bytes, {
    refuses: {
      unknown: ['SHIPMENT_UNKNOWN'],
      conflict: [
        ...['SHIPMENT_CANCELLED', 'SHIPMENT_NOT_PACKED', 'SHIPMENT_NOT_LABELLED', 'PERSONAL_ERASED'],
        ...['LABEL_OF_PARTNER', 'LABEL_FORMAT_UNKNOWN'],
      ],
      invalid: ['ID_INVALID'],
    },
  })
  async printZpl(
    @Param('shipmentId', IdParam) shipmentId: string,
    @Query() { dpi = 203 }: ZplQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const zpl = await this.labels.zpl(shipmentId, dpi);
    void reply.header('Content-Type', 'application/zpl').header('Cache-Control', 'no-store').send(zpl);
  }
}
