"""Places an order and cancels a line of it: `CARTAGE_URL=… CARTAGE_TOKEN=… python place_order.py <its number in the shop>`."""

import os
import sys

from cartage_client.commands import Refused
from cartage_commands import Cartage
from cartage_commands.models import (
    CancellationDto,
    CustomerDto,
    LineDto,
    LineUnitsDto,
    PaymentDto,
    PlaceOrderDto,
    ReasonDto,
    ShipToDto,
)

shop = Cartage(os.environ["CARTAGE_URL"], os.environ.get("CARTAGE_TOKEN"))
number = sys.argv[1]


def order_of(currency: str) -> PlaceOrderDto:
    return PlaceOrderDto(
        customer=CustomerDto(id="customer-1", name="Ada Lovelace", email="ada@example.com"),
        ship_to=ShipToDto(lines=["12 High Street"], city="London", postal_code="SW1Y 4JH", country="GB"),
        currency=currency,
        lines=[
            LineDto(sku="MUG-RED", quantity=2, unit_price=1250),
            LineDto(sku="MUG-BLUE", quantity=1, unit_price=1250),
        ],
        payment=PaymentDto(method="card", token="tok_visa"),
    )


try:
    shop.orders.place(order_of("EURO"), idempotency_key=f"{number}-wrong")
except Refused as refused:
    print(refused.status, refused.code, [fault.field for fault in refused.errors])

placed = shop.orders.place(order_of("GBP"), idempotency_key=number)
again = shop.orders.place(order_of("GBP"), idempotency_key=number)
order_id = placed.data.order_id
print("placed", order_id, "again" if again.repeated and again.data.order_id == order_id else "twice")

# As it stood after the command, whatever has become of it since.
order = shop.orders.get(str(order_id), as_of=placed.version).data
print("version", order.version, order.status, [(line.sku, line.quantity) for line in order.lines])

cancellation = CancellationDto(
    reason=ReasonDto(code="customer-request"), by="customer", lines=[LineUnitsDto(line_id="2", quantity=1)]
)
previewed = shop.cancellations.preview_cancel(str(order_id), cancellation).data
print("would write", [event.type for event in previewed.events])
cancelled = shop.cancellations.cancel(str(order_id), cancellation, idempotency_key=f"{number}-cancel")
after = shop.orders.get(str(order_id), as_of=cancelled.version).data
print("cancelled", [(line.sku, line.progress.cancelled) for line in after.lines])

# A list is made from the log, and waits until it has come so far.
found = shop.orders.list(order_id=[str(order_id)], min_position=cancelled.position).data.items
print("listed", [str(item.order_id) == str(order_id) for item in found])
