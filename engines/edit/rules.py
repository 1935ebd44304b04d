"""How instructions are built: patterns over the concepts of the lexicon, one row per operation.

Spelling of a pattern: concepts in a row; `( | )` a choice, `?` at will, `*` any number of times,
`(?! )` not followed by. Words in braces stand for the pieces of `PIECES`. The longest match wins;
among equals the upper row. Words in between that carry no meaning are already gone.
"""

from __future__ import annotations

from typing import Final

_LINK: Final = "(TO|ON|BY|WITH|MAKE)*"
_AMOUNT: Final = "(SLIGHT|MUCH|STOP? BUTSLIGHT|(BY|ON|TO)*(PERCENT|SIGNEDPERCENT))"

PIECES: Final = {
    "link": _LINK,
    "amount": f"{_AMOUNT}*",
    # "a little more", "not so much less"
    "degree": f"({_AMOUNT}|MORE|LESS)*",
    "change": f"(({_AMOUNT}*(UP|DOWN|ADD|MORE|LESS|HIGH){_LINK}(MORE|LESS)?{_AMOUNT}*)"
    f"|{_AMOUNT}*(SIGNEDPERCENT|SIGNEDNUM))",
    "radius": "((WITH|BY|ON|TO)*(RADIUS)?(NUM PX)|WITH? RADIUS NUM PX?)?",
    "behind": "((FROM|WITH)? PERSON)?",
    "gap": "((STOP|AND)? (WITH? (NUM PX GAP|GAP (TO|ON|BY|WITH)* NUM PX?)|WITHOUT GAP))?",
    "place": "(STOP? (TO|ON|WITH|OVER)* ((TOP|BOTTOM|OVER) (LEFT|RIGHT)|(LEFT|RIGHT) (TOP|BOTTOM))"
    " CORNER?|STOP? (TO|ON|WITH)* CENTRE)?",
    "share": "(STOP? (TO|ON|WITH|BY|AND|MAKE|SIZE|RESIZE)* (PERCENT|HALF|THIRD|QUARTER) "
    "(SIZE|WIDE|WITH)*)?",
    "hue": "(WHITE|BLACK|GREY|RED|GREEN|BLUE|YELLOW|ORANGE|PINK|BROWN|GOLD)",
    "thick": "(WITH? (THIN|THICK)|(WITH|BY|ON|TO)*(WIDE|SIZE)?(TO|ON|WITH)*(NUM PX|PERCENT) WIDE?)",
}

RULES: Final[dict[str, tuple[str, ...]]] = {
    "remove background": (
        "REMOVE {link} BG {behind} ((STOP|AND)* (KEEP|MAKE)* TRANSPARENT)?",
        "(REMOVE|CUT) STOP? EXCEPT PERSON",
        "CUT {link} OUT? BG {behind}",
        "CUT {link} OUT? PERSON OUT? ((FROM|WITH)? BG)?",
        "{link} TRANSPARENT BG",
        "BG {link} TRANSPARENT",
        "WITHOUT BG(?!BLUR|REMOVE|MAKE|MORE|LESS|SLIGHT|MUCH)",
        "BG REMOVE",
        "TAKE BG {behind} OFF",
        "TAKE OFF BG {behind}",
        "(KEEP|ADD)? (KEEP ONLY|ONLY KEEP) PERSON",
        "ONLY PERSON KEEP",
    ),
    "blur background": (
        "(ADD|MAKE|JOIN)? {degree} BLUR {degree} {link} ONLY? BG {behind} {degree} {radius}",
        "{degree} ONLY? BG {behind} {link} {degree} BLUR {degree} {radius}",
        "{degree} BLUR {degree} STOP? EXCEPT PERSON {degree}",
        "(ADD|MAKE)? BOKEH (TO|ON|WITH)? BG?",
    ),
    "black and white": (
        "(ROTATE|ADD)? {link} BW COLOUR?",
        "REMOVE COLOUR",
        "WITHOUT COLOUR(?!MAKE|INVERT)",
    ),
    "sepia": ("(ROTATE|ADD)? {link} SEPIA COLOUR?",),
    "invert": ("INVERT COLOUR?", "COLOUR INVERT"),
    "saturation": (
        "{change} COLOUR? SATURATION COLOUR? {amount}",
        "SATURATION COLOUR? {link} {change}",
        "(ROTATE)? SATURATION {change}",
        "{degree} (SATURATED|PALE) COLOUR? {degree}",
        "COLOUR {link} {degree} (SATURATED|PALE|BRIGHT) {degree}",
        "{degree} BRIGHT COLOUR",
        "(ADD|MORE|LESS) {amount} COLOUR",
    ),
    "warmth": (
        "ADD? COLOUR? {link} {degree} (WARM|COOL) COLOUR? {degree}",
        "(WARM|COOL) {amount} (ADD|UP|MORE|LESS)",
    ),
    "brightness": (
        "{degree} (BRIGHT|DARK) {degree}",
        "{change} BRIGHTNESS {amount}",
        "ROTATE? BRIGHTNESS {link} {change}",
    ),
    "contrast": (
        "{change} CONTRAST {amount}",
        "ROTATE? CONTRAST {link} {change}",
        "{degree} CONTRASTY {degree}",
    ),
    "sharpen": (
        "{degree} SHARP {degree}",
        "{change} SHARPNESS {amount}",
        "ROTATE? SHARPNESS {link} {change}",
    ),
    "soften": (
        "(ADD|MAKE)? {amount} (SOFT|BLUR) {amount} {radius}",
        "(MORE {amount}) (SOFT|BLUR) {amount}",
    ),
    "crop": (
        "(CROP|CUT) {link} (HORIZONTAL|VERTICAL)? (SQUARE|RATIO|PAIR|WIDESCREEN)",
        "(CROP|CUT) {link} NUM (TO|ON|BY) NUM(?!PX)",
        "{link} (HORIZONTAL|VERTICAL)? (SQUARE|RATIO|WIDESCREEN) CROP?",
        "{link} NUM (TO|ON|BY) NUM CROP",
    ),
    "rotate": (
        "(ROTATE|TURNOVER) {link} (LEFT|RIGHT|CLOCKWISE|COUNTER) ({link} (NUM|SIGNEDNUM) DEGREE?)?",
        "(ROTATE|FLIP|TURNOVER) {link} (NUM|SIGNEDNUM) DEGREE?"
        " ({link} (LEFT|RIGHT|CLOCKWISE|COUNTER))?",
        "(ROTATE|TURNOVER) UPSIDE",
        "NUM DEGREE {link} ((LEFT|RIGHT|CLOCKWISE|COUNTER) ROTATE?|ROTATE)",
        "{link} (LEFT|RIGHT) ROTATE",
    ),
    "flip": (
        "(FLIP|TURNOVER|MIRROR) {link} MIRROR? {link} (HORIZONTAL|VERTICAL|LEFT {link} RIGHT)",
        "FLIP UPSIDE",
        "(HORIZONTAL|VERTICAL) (FLIP|MIRROR)",
        "(ROTATE|FLIP|TURNOVER)? MIRROR MIRROR?",
    ),
    "resize": (
        "(RESIZE|UP|DOWN)* STOP? {link} SIZE? {link} NUM PX? {link} (WIDE|HIGH|LONGEST)",
        "(RESIZE|UP|DOWN)* STOP? {link} (WIDE|HIGH|LONGEST) {link} NUM PX?",
        "(RESIZE|CROP|CUT)? (UP|DOWN)? STOP? {link} SIZE? {link} PAIR PX?",
        "(RESIZE|CROP|CUT)? (UP|DOWN)? STOP? {link} SIZE? {link} NUM (TO|BY|ON) NUM PX",
        "(RESIZE|UP|DOWN)? {link} SIZE? {link} NUM PX? {link} (WIDE|HIGH)"
        " (AND|STOP|BY|ON)* NUM PX? {link} (WIDE|HIGH)",
        "(RESIZE|UP|DOWN) (UP|DOWN)? SIZE? {link} NUM PX",
    ),
    "scale": (
        "(RESIZE|UP|DOWN) (UP|DOWN)? SIZE? {link} (PERCENT|HALF|THIRD|QUARTER|TWICE|THRICE) SIZE?",
        "(TWICE|HALF) (SIZE|BIG|SMALL|LESS|MORE)",
        "SIZE (UP|DOWN|BIG|SMALL|LESS|MORE) {link} (TWICE|THRICE|HALF|PERCENT|NUM TIMES)",
        "{link} (HALF|THIRD|QUARTER|PERCENT|TWICE) SIZE",
        "SIZE {link} (PERCENT|HALF|TWICE)(?!MORE|LESS|BIG|SMALL)",
        "SIZE {link} (NUM TIMES|TWICE|THRICE|PERCENT) (BIG|SMALL|LESS|MORE)",
        "{link} (NUM TIMES|TWICE|THRICE|HALF|PERCENT) (BIG|SMALL|LESS|MORE) SIZE?",
        "(RESIZE|UP|DOWN) (UP|DOWN)? SIZE? {link} NUM TIMES",
    ),
    "frame": (
        "(ADD|JOIN|WITH|MAKE|ON|TO)* {thick}? {hue}? {thick}? FRAME ({hue} COLOUR?|{thick})*",
    ),
    "round corners": (
        "ROUND CORNER ({link} RADIUS? {link} (NUM PX?|PERCENT)|SLIGHT|MUCH|MORE)?",
        "(SLIGHT|MUCH|WITH|MAKE|ADD)* ROUND CORNER ({link} RADIUS? {link} (NUM PX?|PERCENT))?",
        "CORNER {link} (SLIGHT|MUCH|MORE)* ROUND",
    ),
    "side by side": (
        "(JOIN|MAKE|ADD|STACK)* COUNT? {link} COLLAGE? {link} SIDE JOIN? {gap}",
        "JOIN COUNT? {link} (HORIZONTAL|ROW) {gap}",
    ),
    "stack": (
        "(JOIN|MAKE|ADD)* COUNT? {link} COLLAGE? {link} STACK COUNT? VERTICAL? JOIN? {gap}",
        "JOIN COUNT? {link} VERTICAL {gap}",
    ),
    "grid": (
        "(JOIN|MAKE|ADD)* COUNT? FROM? COUNT? {link} COLLAGE? {link} GRID"
        " (({link} (PAIR|RATIO|NUM (ON|BY|TO) NUM)) | {link} NUM (COLUMN|ROW))? {gap}",
        "(JOIN|MAKE|ADD)* COUNT? {link} COLLAGE? {link} (PAIR|NUM (ON|BY) NUM)"
        " (GRID|COLLAGE) {gap}",
        "(JOIN|MAKE|ADD)* COUNT? {link} COLLAGE (FROM? COUNT)? ({link} (PAIR|NUM (ON|BY) NUM))?"
        " {gap}",
        "(JOIN|MAKE|ADD)* COUNT? {link} GRID? NUM COLUMN GRID? {gap}",
    ),
    "overlay": (
        "(OVERLAY|JOIN|ADD|MAKE)* ORD {link} (OVER|ON) {link} ORD {place} {share} {place}",
        "(OVERLAY|JOIN|ADD)* ORD {link} {place} (OVER|ON|TO) {link} ORD {place} {share} {place}",
        "ORD {link} (OVERLAY|JOIN) {link} (OVER|ON) {link} ORD {place} {share} {place}",
        "(OVERLAY|JOIN) ORD (TO|ON|WITH)* (TOP|BOTTOM) (LEFT|RIGHT) CORNER FROM? ORD {share}",
        "(OVERLAY|JOIN) COUNT? {link} EACHOTHER {place} {share} {place}",
        "OVERLAY COUNT? {place} {share} {place}",
    ),
}

# Asked for like an operation, and not one: they are matched so as to be refused.
REFUSED: Final = (
    "BW {degree} FRAME",
    "BW {degree} BG",
    "BG {degree} (BRIGHT|DARK|WARM|COOL|SATURATED|PALE|CONTRASTY|SHARP|SOFT|BW|SEPIA)",
    "(BRIGHT|DARK|WARM|COOL|SATURATED|PALE|CONTRASTY|SHARP|SOFT|BW|SEPIA) COLOUR? {link} BG",
    "(ADD|JOIN|WITH|MAKE|ON|TO)* {hue}? FRAME {link} {degree} "
    "(BRIGHT|DARK|WARM|COOL|THICK|THIN|MORE|LESS|ROUND)",
    "CUT {link} OUT? PERSON OUT? (FROM|WITH)(?!BG)",
    "(LESS|REMOVE) {amount} (BLUR|BOKEH|SOFT|SEPIA|BW|INVERT|MIRROR|FRAME|WARM|COOL)",
    "(ROUND|SQUARE) FRAME",
    "FRAME",
    "CROP {link} (PERSON|BG)",
)

# What is wrong with the picture; what to do about it must be said beside it.
REMARKS: Final = (
    "TOO MUCH? {link} (DARK|BRIGHT|WARM|COOL|SATURATED|PALE|SHARP|SOFT|BLUR|CONTRASTY)",
    "TOO (MORE|LESS|MUCH) (CONTRAST|SATURATION|BRIGHTNESS|COLOUR)",
)

# What may be left alone: "without cropping", "don't change the size".
LEFT_ALONE: Final[dict[str, str]] = {
    "CROP": "crop",
    "CUT": "crop",
    "ROTATE": "rotate",
    "FLIP": "flip",
    "TURNOVER": "flip",
    "MIRROR": "flip",
    "FRAME": "frame",
    "RESIZE": "resize",
    "SIZE": "resize",
    "BLUR": "soften",
    "SOFT": "soften",
    "SHARP": "sharpen",
    "SHARPNESS": "sharpen",
    "INVERT": "invert",
    "GAP": "gap",
    "BRIGHTNESS": "brightness",
    "CONTRAST": "contrast",
    "SATURATION": "saturation",
    "COLOUR": "saturation",
    "JOIN": "join",
    "OVERLAY": "overlay",
}
# A degree carries over "and" between these: "a little brighter and warmer".
GRADUAL: Final = frozenset(["saturation", "warmth", "brightness", "contrast", "sharpen", "soften"])
# Between operations these say nothing.
SILENT: Final = frozenset(["AND", "STOP", "TO", "ON", "BY", "WITH", "FROM", "ONLY", "MAKE"])
NEGATIONS: Final = frozenset(["NOT", "WITHOUT", "NOR"])
# Forms that "without … and …" may join: "without cropping and rotation".
NOUN_FORMS: Final = (
    "ing", "tion", "ки", "ота", "оту", "ота", "ения", "ания", "ия", "иі", "ення", "ання", "ня",
    "ии", "сти", "ости",
)  # fmt: skip
