"""The fields that conditions can test: code, words, shape, and whether each line has its own."""

from enum import StrEnum

from tongguan.kernel.text import Term, _


class Scope(StrEnum):
    """Whether a field belongs to the whole declaration or to one line."""

    HEAD = "head"
    LINE = "line"


class Shape(Term):
    """What the facts of a field are: it decides which operators fit."""

    CODE = "code", _("code")
    NAME = "name", _("name")
    NUMBER = "number", _("number")
    FLAG = "flag", _("yes or no")
    SET = "set", _("several codes")


class Field(Term):
    """What a condition can test: code, words, shape, and whether each line has its own.

    The code is the name of the member of `Facts`; for a line, `line.` and that of `LineFacts`.
    """

    shape: Shape

    @property
    def scope(self) -> Scope:
        """Return whether each line has its own."""
        return Scope.LINE if self.value.startswith("line.") else Scope.HEAD

    @property
    def member(self) -> str:
        """Return the name of the member of the facts."""
        return str(self.value).removeprefix("line.")

    # fmt: off
    FLOW =            "flow",                _("import or export"),                     Shape.CODE
    KIND =            "kind",                _("kind of declaration"),                  Shape.CODE
    MODE =            "mode",                _("way of clearing"),                      Shape.CODE
    ADVANCE =         "advance",             _("declared before arrival"),              Shape.FLAG
    DECLARED =        "declared",            _("office of declaration"),                Shape.CODE
    GOODS =           "goods",               _("office of the goods"),                  Shape.CODE
    PAYMENT =         "payment",             _("office of payment"),                    Shape.CODE
    INSPECTION =      "inspection",          _("office of examination"),                 Shape.CODE
    DISTRICTS =       "districts",           _("districts involved"),                   Shape.SET
    PAIR =            "pair",                _("pair of districts"),                    Shape.CODE
    SITE =            "site",                _("control site"),                         Shape.CODE
    PORT =            "port",                _("port of entry or exit"),                Shape.CODE
    TRANSPORT =       "transport",           _("transport mode"),                       Shape.CODE
    VESSEL =          "vessel",              _("name of the means of transport"),       Shape.NAME
    BILL =            "bill",                _("bill number"),                          Shape.CODE
    TERMS =           "terms",               _("terms of delivery"),                    Shape.CODE
    SUPERVISION =     "supervision",         _("supervision mode"),                     Shape.CODE
    LEVY =            "levy",                _("nature of levy"),                       Shape.CODE
    RECORD =          "record",              _("record number"),                        Shape.CODE
    CONTRACT =        "contract",            _("contract"),                             Shape.CODE
    TRADING =         "trading",             _("trading country"),                      Shape.CODE
    DISPATCH =        "dispatch",            _("country of dispatch"),                  Shape.CODE
    DESTINATION =     "destination",         _("country of destination"),               Shape.CODE
    DEPARTURE =       "departure",           _("port of departure"),                    Shape.CODE
    CALL =            "call",                _("port of call"),                         Shape.CODE
    ROUTE =          "route",               _("port of departure, office of the goods"),Shape.CODE
    PACKAGE_KIND =    "package_kind",        _("kind of packages"),                     Shape.CODE
    PACKAGES =        "packages",            _("number of packages"),                   Shape.NUMBER
    GROSS_KG =        "gross_kg",            _("gross mass in kg"),                     Shape.NUMBER
    NET_KG =          "net_kg",              _("net mass in kg"),                       Shape.NUMBER
    CONTAINERS =      "containers",          _("containers"),                           Shape.SET
    DOCUMENTS =       "documents",           _("kinds of documents"),                   Shape.SET
    PERMITS =         "permits",             _("kinds of licences"),                    Shape.SET
    ON_GUARANTEE =    "on_guarantee",        _("to be released on guarantee"),          Shape.FLAG
    RELATIONSHIP =    "relationship",        _("buyer and seller are related"),         Shape.FLAG
    PRICE_EFFECT =    "price_effect",        _("the relation affects the price"),       Shape.FLAG
    ROYALTIES =       "royalties",           _("royalties are paid"),                   Shape.FLAG
    FORMULA_PRICE =   "formula_price",       _("price by formula"),                     Shape.FLAG
    PROVISIONAL =     "provisional_price",   _("provisional price"),                    Shape.FLAG
    REMARKS =         "remarks",             _("remarks"),                              Shape.NAME
    TRADER =          "trader",              _("trader, by credit code"),               Shape.CODE
    TRADER_NAME =     "trader_name",         _("name of the trader"),                   Shape.NAME
    CREDIT =          "credit",              _("credit class of the trader"),           Shape.CODE
    TRADER_OFFICE =   "trader_office",       _("home office of the trader"),            Shape.CODE
    TRADER_DAYS =     "trader_days",         _("days since the trader registered"),     Shape.NUMBER
    OWNER =           "owner",               _("consuming or producing unit"),          Shape.CODE
    DECLARANT =       "declarant",           _("declarant, by credit code"),            Shape.CODE
    DECLARANT_NAME =  "declarant_name",      _("name of the declarant"),                Shape.NAME
    DECLARANT_CLASS = "declarant_credit",    _("credit class of the declarant"),        Shape.CODE
    DECLARANT_DAYS =  "declarant_days",      _("days since the declarant registered"),  Shape.NUMBER
    SELF_DECLARED =   "self_declared",       _("declared by the trader itself"),        Shape.FLAG
    OVERSEAS =        "overseas",            _("name of the overseas party"),           Shape.NAME
    FIRST_TRADER =    "first_trader",        _("first declaration of the trader"),      Shape.FLAG
    FIRST_DECLARANT = "first_declarant",     _("first declaration of the declarant"),   Shape.FLAG
    FIRST_OVERSEAS =  "first_overseas",      _("first sight of the overseas party"),    Shape.FLAG
    FIRST_PARTNER =   "first_partner",       _("first time with this overseas party"),  Shape.FLAG
    FIRST_ROUTE =     "first_route",         _("first sight of the route"),             Shape.FLAG
    TRADER_7 =        "trader_7",            _("by the trader in 7 days"),              Shape.NUMBER
    TRADER_30 =       "trader_30",           _("by the trader in 30 days"),             Shape.NUMBER
    TRADER_90 =       "trader_90",           _("by the trader in 90 days"),             Shape.NUMBER
    DECLARANT_7 =     "declarant_7",         _("by the declarant in 7 days"),           Shape.NUMBER
    DECLARANT_30 =    "declarant_30",        _("by the declarant in 30 days"),          Shape.NUMBER
    OVERSEAS_90 =     "overseas_90",         _("with the overseas party in 90 days"),   Shape.NUMBER
    ROUTE_90 =        "route_90",            _("on the route in 90 days"),              Shape.NUMBER
    FINDINGS =        "findings",            _("findings in 365 days"),                 Shape.NUMBER
    TOTAL_VALUE =     "total_value",         _("customs value in CNY"),                 Shape.NUMBER
    PAYABLE =         "payable",             _("duty and taxes in CNY"),                Shape.NUMBER
    DUTY_SHARE =      "duty_share",          _("duty and taxes against the value"),     Shape.NUMBER
    NET_SHARE =       "net_share",           _("net mass against gross mass"),          Shape.NUMBER
    PACKAGE_VALUE =   "value_per_package",   _("value of one package in CNY"),          Shape.NUMBER
    LINE_COUNT =      "line_count",          _("number of lines"),                      Shape.NUMBER
    COMMODITY =       "line.commodity",      _("commodity code"),                       Shape.CODE
    NAME =            "line.name",           _("name of the goods"),                    Shape.NAME
    ORIGIN =          "line.origin",         _("country of origin"),                    Shape.CODE
    TO =              "line.destination",    _("destination of the goods"),             Shape.CODE
    QUANTITY =        "line.quantity",       _("quantity"),                             Shape.NUMBER
    UNIT =            "line.unit",           _("unit of quantity"),                     Shape.CODE
    LINE_KG =         "line.net_kg",         _("net mass of the line in kg"),           Shape.NUMBER
    PRICE =           "line.price",          _("price of one unit"),                    Shape.NUMBER
    TOTAL =           "line.total",          _("total price"),                          Shape.NUMBER
    CURRENCY =        "line.currency",       _("currency"),                             Shape.CODE
    VALUE =           "line.value",          _("value of the line in CNY"),             Shape.NUMBER
    VALUE_PER_KG =    "line.value_per_kg",   _("value of one kg in CNY"),               Shape.NUMBER
    VALUE_PER_UNIT =  "line.value_per_unit", _("value of one unit in CNY"),             Shape.NUMBER
    PRICE_RATIO =     "line.price_ratio",    _("value of one kg against what is usual"),Shape.NUMBER
    RATE =            "line.rate",           _("duty rate, of 1"),                      Shape.NUMBER
    LEVY_MODE =       "line.levy_mode",      _("levy mode"),                            Shape.CODE
    USE =             "line.use",            _("use"),                                  Shape.CODE
    PREFERENCE =      "line.preference",     _("preference claimed"),                   Shape.CODE
    LINE_PERMITS =    "line.permits",        _("kinds of licences of the line"),        Shape.SET
    ORIGIN_DIFFERS =  "line.origin_differs", _("origin is not the country of dispatch"),Shape.FLAG
    FIRST_GOODS =    "line.first_goods",    _("goods the trader never declared before"),Shape.FLAG
    SEEN_90 =         "line.seen_90",        _("lines with this commodity in 90 days"), Shape.NUMBER
    # fmt: on

    def _describe(self, shape: Shape) -> None:
        self.shape = shape
