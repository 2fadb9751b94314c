"""What moves a model's score, in the words of the trade: many features, few aspects."""

from tongguan.kernel.text import Term, _


class Aspect(Term):
    """What a model goes by, as an officer is told it."""

    # fmt: off
    REPEATED_WRONG = "repeated_wrong", _("these very goods, sent like this, were at fault before")
    REPEATED_RIGHT = "repeated_right", _("these very goods, sent like this, were in order before")
    PRICE_LOW =      "price_low",      _("value per kg far below what these goods usually cost")
    PRICE_HIGH =     "price_high",     _("value per kg far above what these goods usually cost")
    OWN_PRICE_LOW =  "own_price_low",  _("value per kg below this trader's earlier goods")
    OWN_PRICE_HIGH = "own_price_high", _("value per kg above this trader's earlier goods")
    MASS_LOW =       "mass_low",       _("net mass small for these goods")
    MASS_HIGH =      "mass_high",      _("net mass large for these goods")
    ROUND_MASS =     "round_mass",     _("net mass stated as a round number")
    EXACT_MASS =     "exact_mass",     _("net mass stated exactly")
    MASS =           "mass",           _("the masses and packages")
    VALUE =          "value",          _("the value of the goods")
    DUTY =           "duty",           _("how much duty hangs on what was declared")
    GOODS_WRONG =    "goods_wrong",    _("such goods were often at fault")
    GOODS_RIGHT =    "goods_right",    _("such goods were seldom at fault")
    FROM_WRONG =     "from_wrong",     _("goods from there were often at fault")
    FROM_RIGHT =     "from_right",     _("goods from there were seldom at fault")
    RATE_WRONG =     "rate_wrong",     _("goods at this rate or preference were often at fault")
    RATE_RIGHT =     "rate_right",     _("goods at this rate or preference were seldom at fault")
    TRADER_WRONG =   "trader_wrong",   _("earlier declarations of the trader were at fault")
    TRADER_RIGHT =   "trader_right",   _("earlier declarations of the trader were in order")
    BROKER_WRONG =   "broker_wrong",   _("earlier declarations through the declarant were at fault")
    BROKER_RIGHT =   "broker_right",   _("earlier declarations through the declarant were in order")
    PARTNER_WRONG =  "partner_wrong",  _("earlier goods of the overseas party were at fault")
    PARTNER_RIGHT =  "partner_right",  _("earlier goods of the overseas party were in order")
    WAY_WRONG =      "way_wrong",      _("such goods on this way were often at fault")
    WAY_RIGHT =      "way_right",      _("such goods on this way were seldom at fault")
    NEWCOMER =       "newcomer",       _("trader, partner, route or goods seen for the first time")
    KNOWN =          "known",          _("trader, partner, route and goods are known")
    FREQUENCY =      "frequency",      _("how often the parties declared lately")
    SELDOM =         "seldom",         _("how little was looked at of the like")
    CONFIRMED =      "confirmed",      _("what was confirmed of price, relation and royalties")
    REGISTERED =     "registered",     _("how long ago the parties registered")
    DECLARED =       "declared",       _("whether by the trader itself, in advance, on guarantee")
    MISSING =        "missing",        _("facts that were left out")
    # fmt: on
