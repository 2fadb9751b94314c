"""How people and machines reach the product: translate, make one call, translate back."""
