"""The stores, and every question put to them."""
