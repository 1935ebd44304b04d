"""What can be said of a caption: things, sizes, places, weights, fonts, and what wants a number."""

from __future__ import annotations

from typing import Final

from engines.wishes.tables.kinds import Kind

LOOK: Final[dict[Kind, dict[str, str]]] = {
    Kind.THING: {
        "text": (
            "text writing letter lettering word wording caption inscription typeface font "
            "type текст~ надпис~ букв~ буковк~ слов~ шрифт~ напис~ літер~ літерк~ слів подпис~ "
            "підпис~ текстик~ буков"
        ),
        "plate": (
            "plate highlight highlighting background backdrop box panel backing banner "
            "strip bar plaque label back_plate text_box bg card плашк~ плашек плашок "
            "подложк~ фон~ полос~ полоск~ прямоугольник~ табличк~ панел~ панельк~ плаш~ підкладк~ "
            "плашц~ смужц~ картц~ табличц~ підкладц~ тл~ смуг~ смужк~ прямокутник~ фоник~ "
            "задн^_фон~ карточк~ картк~"
        ),
        "outline": (
            "outline stroke border contour outlined обводк~ контур~ окантовк~ обрис~ обвед^ "
            "обводц~ облямівц~ окантовц~ оконтовк~ облямівк~ абрис~ обведен^ обвід обвод~"
        ),
        "shadow": "shadow drop_shadow shade shadowed тен~ тін~ тенями падающ^_тен~ тінню тиней",
    },
    Kind.SIZE: {
        "tiny": (
            "tiny very_small teeny minuscule smallest mini крошечн^ крохотн^ очень_маленьк^ "
            "очень_мелк^ малюсеньк^ дуже_маленьк^ дуже_дрібн^ крихітн^ манюсеньк^ совсем_маленьк^ "
            "микроскопическ^ мікроскопічн^ зовсім_маленьк^ самый_маленький найменш^ "
            "маленьк^_маленьк^"
        ),
        "small": (
            "small smaller little маленьк^ мал^ мелк^ небольш^ поменьше помельче мельче меньше "
            "дрібн^ невелик^ менш^ поменш^ дрібніш^ мельченьк^ дрібненьк^ маленько"
        ),
        "medium": (
            "medium normal regular average mid_size mid_sized medium_size medium_sized standard "
            "средн^ обычн^ нормальн^ стандартн^ среднего_размера звичайн^ середн^ "
            "середнього_розміру умеренн^ помірн^"
        ),
        "large": (
            "large larger big bigger really_big quite_large large_size крупн^ больш^ "
            "побольше покрупнее крупнее больше велик^ більш^ побільше крупненьк^ чимал^ більше "
            "очень_крупн^ очень_больш^ very_big very_large дуже_велик^"
        ),
        "huge": (
            "huge enormous gigantic giant massive biggest largest огромн^ гигантск^ здоровенн^ "
            "громадн^ огромнейш^ величезн^ гігантськ^ здоровезн^ громаднюч^ величенн^ велетенськ^ "
            "extra_large as_big_as_possible максимально_крупн^ самый_большой найбільш^ исполинск^"
        ),
    },
    Kind.DEGREE: {
        "thin": (
            "thin thinner fine slim тонк^ тоненьк^ тонюсеньк^ потоньше light_weight light_font "
            "светл^_шрифт~ hairline"
        ),
        "regular": (
            "normal_weight regular_weight обычн^_насыщенност~ обычн^_начертан~ "
            "обычн^_начертани~ звичайн^_насиченост~ звичайн^_насиченість звичайн^_накреслення"
        ),
        "bold": (
            "bold bolder semibold boldface bolded жирн^ полужирн^ жирненьк^ пожирнее напівжирн^ "
            "жирніш^ semi_bold"
        ),
        "thick": (
            "thick thicker fat heavy толст^ потолще толще товст^ товстіш^ широк^ плотн^ жирнее"
        ),
        # Only a shadow can be so.
        "soft": "soft softer мягк^ помягче м'як^ м'якш^",
        "hard": "hard sharp crisp резк^ четк^ жестк^ різк^ чітк^ жорстк^",
    },
    Kind.FONT: {
        "text": (
            "arial helvetica roboto inter sans sans_serif plain_font simple_font grotesque "
            "grotesk гротеск~ без_засеч^ "
            "без_засечек рубленн^ рублен^ без_зарубок без_засічок гротесков^ обычн^_шрифт~ "
            "звичайн^_шрифт~ прост^_шрифт~ text_font normal_font regular_font"
        ),
        "display": (
            "impact oswald bebas display decorative poster headline_font display_font "
            "декоративн^ акцидентн^ "
            "плакатн^ афишн^ афішн^ заголовочн^ заголовн^ плакатный_шрифт"
        ),
        "serif": (
            "times times_new_roman georgia playfair serif serifs with_serifs serif_font antiqua "
            "засечками с_засечками із_зарубками "
            "з_зарубками зарубками з_засічками засічками антикв~ антиквен^ із_засічками "
            "со_засечками"
        ),
        "hand": (
            "handwritten hand_written handwriting cursive script calligraphic calligraphy "
            "hand_font hand_lettered рукописн^ каллиграфическ^ прописью каліграфічн^ від_руки "
            "от_руки по_от_руки рукописом"
        ),
        "mono": (
            "courier consolas jetbrains_mono mono monospace monospaced typewriter fixed_width "
            "code_font моноширинн^ машинописн^ "
            "печатн^_машинк~ друкарськ^_машинк~ моноширн^ моно"
        ),
    },
    Kind.UPPER: {
        "yes": (
            "uppercase upper_case all_caps caps capitals capital_letter capitalized capitalised "
            "in_capitals all_capitals block_letters block_capitals заглавн^ заглавн^_букв~ "
            "прописн^ прописн^_букв~ капс капсом капса капслок капслоком "
            "верхн^_регистр~ верхн^_регістр~ "
            "великими_літерами большими_буквами_все усі_великі_літери caps_lock капітел~ "
            "верхньому_регістрі верхній_регістр все_заглавн^ усіма_великими"
        ),
        "no": (
            "normal_case sentence_case mixed_case as_typed обычн^_регистр~ звичайн^_регістр~ "
            "звичайному_регістрі обычном_регистре звичайний_регістр"
        ),
    },
    Kind.OPACITY: {
        "0.5": (
            "semi_transparent semitransparent half_transparent translucent semi_opaque half_opaque "
            "half_opacity half_transparency see_through полупрозрачн^ наполовину_прозрачн^ "
            "напівпрозор^ наполовину_прозор^ напівпрозорість полупрозрачност~ полу_прозрачн^ "
            "напів_прозор^ наполовину_непрозрачн^ наполовину_непрозор^"
        ),
        "0.75": (
            "slightly_transparent a_bit_transparent a_little_transparent barely_transparent "
            "немного_прозрачн^ слегка_прозрачн^ чуть_прозрачн^ трохи_прозор^ злегка_прозор^ "
            "ледь_прозор^ почти_непрозрачн^ майже_непрозор^ almost_opaque"
        ),
        "0.25": (
            "very_transparent almost_transparent mostly_transparent почти_прозрачн^ "
            "сильно_прозрачн^ очень_прозрачн^ майже_прозор^ сильно_прозор^ дуже_прозор^"
        ),
    },
    Kind.PLACE: {
        "top": (
            "top upper above uppermost вверх вверху наверху наверх сверху верх~ верхн^ "
            "верхушк~ кверху вгорі угорі зверху нагорі вгору догори верхів~ верхівк~ зверху_вниз"
        ),
        "bottom": (
            "bottom lower below underneath lowermost снизу внизу низ~ вниз нижн^ книзу донизу униз "
            "знизу унизу нижч_край понизу додолу"
        ),
        "left": (
            "left leftmost left_hand left_side слева влево лев^ налево ліворуч вліво лів^ зліва "
            "наліво злева уліво слево"
        ),
        "right": (
            "right rightmost right_hand right_side справа вправо прав^ направо праворуч "
            "управо вправу"
        ),
        "center": (
            "center centre central centered centred middle mid по_центру в_центре в_центр центр~ "
            "центральн^ посередине посредине середин~ посередині в_середині всередині по_середині "
            "по_середине посеред посерединке посерединці серединк~ в_центрі у_центрі у_центр "
            "у_середині по_центрі"
        ),
    },
    Kind.ALIGN: {
        "left": "по_лев^_краю за_лів^_краєм по_лів^_краю",
        "right": "по_прав^_краю за_прав^_краєм по_прав^_краї",
    },
}

# What wants a number. The value is the place of the number among the settings, or a rule's name.
MEASURES: Final[dict[str, str]] = {
    "size": (
        "size sized font_size text_size height high tall размер~ кегл~ кегель высот~ высотой "
        "розмір~ кегель висот~ заввишки висотою завбільшки величин~ в_высоту у_висоту"
    ),
    "thickness": (
        "thickness weight width_of_outline толщин~ товщин~ насыщенност~ насиченост~ насиченість "
        "font_weight завтовшки"
    ),
    "padding": (
        "padding paddings inner_margin inside_margin отступ~_внутри "
        "відступ~_всередині внутренн^_отступ~ внутрішн^_відступ~ пол~ поля полями "
        "полів полей inset padded"
    ),
    "radius": (
        "corner_radius rounded rounded_corner rounding round_corner скругл^ скруглен^ "
        "скругленн^ скругленн^_угл~ скруглен^_угл~ закругленн^ закруглен^ закругленн^_угл~ "
        "закруглени~ скруглени~ округл^ округл^_угл~ округлени~ закруглен^_кут~ заокруглен^ "
        "заокруглен^_кут~ заокруглення заокруглени~ скругляй радиус~_скруглени~ "
        "радіус~_заокруглення радиус~_угл~ радіус~_кут~ закруглення радіус~_закруглення "
        "радиус~_закруглени~ border_radius rounded_edges округлен^ округлен^_кут~ скруглить"
    ),
    "pill": "pill pill_shaped pill_shape капсул~ пилюл~",
    "corner": "corners углы углов углами кути кутів кутами",
    "blur": (
        "blur blurred blurry blurring blur_radius radius_of_blur frosted frosted_glass размыти~ "
        "размыт^ размыв~ радиус~_размыти~ розмиття розмити~ розмит^ радіус~_розмиття блюр~ "
        "матов^_стекл~ матов^_скл~ розмиттям размытост~ розмитість розмитіст~"
    ),
    "some radius": "radius радиус~ радіус~",
    "opacity": "opacity непрозрачност~ непрозоріст~ непрозорість",
    "opaque": (
        "opaque solid непрозрачн^ непрозор^ fully_opaque completely_opaque полностью_непрозрачн^ "
        "повністю_непрозор^ сплошн^ суцільн^"
    ),
    "transparency": "transparency прозрачност~ прозоріст~ прозорість",
    "transparent": (
        "transparent прозрачн^ прозор^ fully_transparent completely_transparent "
        "полностью_прозрачн^ повністю_прозор^"
    ),
    "rotation": (
        "rotate rotated rotation turn turned tilt tilted slant slanted incline inclined angle "
        "rotating spin поворот~ поверн^ повернут^ поверни поверните повернуть развернуть разверни "
        "разворот~ наклон~ наклони наклоните наклонить наклонн^ наклонен^ нахил~ нахили нахиліть "
        "нахилити нахилен^ поворотом повернути поверніть розверни розвернути обертання обернути "
        "оберт~ угл~_поворот~ угл~_наклон~ кут~_поворот~ кут~_нахил~ кут~_повороту "
        "вращени~ вращ^ повороту повёрнут^ под_углом під_кутом скос~"
    ),
    "line_spacing": (
        "line_spacing spacing line_height leading spacing_between_lines "
        "межстрочн^_интервал~ интервал~ міжрядков^_інтервал~ інтервал~ межстрочн^_расстояни~ "
        "міжрядков^_відстан~ інтерліньяж~ интерлиньяж~ межстрочн^ міжрядков^ "
        "расстояни~_между_строками відстан~_між_рядками"
    ),
    "max_width": (
        "max_width maximum_width wide width wide_at_most wrap wrapped wraps no_wider_than ширин~ "
        "максимальн^_ширин~ не_шире ширше не_ширше завширшки в_ширину у_ширину переноси перенос~ "
        "wider wider_than longer longer_than ширш^ ширш^_за ширше_за длиннее довш^ довш^_за "
        "переносить переносити не_длиннее не_довше не_были_длиннее не_були_довшими не_були_довші "
        "line_length длин~_строк~ довжин~_рядк~ максимум_ширин~ шире"
    ),
    "margin": (
        "margin distance offset indent indentation gap отступ~ отступив отступи отступя "
        "расстояни~ відступ~ відстан~ відступи відступивши зазор~ проміжок проміжк~"
    ),
    "move": (
        "передвинь передвиньте переставь перемести переместите пересуньте перемісти shift shifted "
        "move moved nudge nudged сдвиг~ сдвинь сдвинуть сдвинут^ сдвиньте смести сместить смещен^ "
        "смещени~ сместите зсув~ зсунь зсунути зсунут^ змісти змістити зміщен^ зміщення посунь "
        "пересунь подвинь зрушити"
    ),
}
