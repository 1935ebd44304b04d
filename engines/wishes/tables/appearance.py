"""What can be said of a caption: things, sizes, places, weights, fonts, and what wants a number."""

from __future__ import annotations

from typing import Final

from engines.wishes.tables.kinds import Kind

APPEARANCE: Final[dict[Kind, dict[str, str]]] = {
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
        "glow": (
            "glow halo halos aura neon_glow outer_glow свечени~ сияни~ сиянием ореол~ аур~ "
            "неонов^_свечени~ неонов^_сияни~ сяйв~ сяєв~ сяйвом сяєвом світіння світінням сяяння "
            "сяянням неонов^_сяйв~ неонов^_світіння ореолом"
        ),
        "shadow": "shadow drop_shadow shade shadowed тен~ тін~ тенями падающ^_тен~ тінню тиней",
    },
    Kind.HAVING: {
        "glow": (
            "glowing glowy luminous backlit lit_up светящ^ светящ^_ся светящийся светящаяся "
            "светящееся светящиеся светящимся светящимися светящегося светящейся святящийся "
            "сияющ^ сияющий сияющие сияющими сияющая сяючий сяюч^ сяйлив^ світн^ світиться "
            "світяться светится светятся светился светились"
        ),
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
        # Only light can be so.
        "strong": (
            "strong stronger bright brighter intense vivid сильн^ ярк^ поярче интенсивн^ мощн^ "
            "сильніш^ яскрав^ потужн^ інтенсивн^ сильніше"
        ),
        "weak": "weak faint subtle dim gentle слаб^ легк^ неярк^ тускл^ слабк^ ледь_помітн^ "
        "еле_заметн^ едва_заметн^ неяскрав^",
        # Only a shadow or light can be so.
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
    Kind.ITALIC: {
        "yes": (
            "italic italics italicized italicised oblique in_italics italic_font slanted_letters "
            "slanted_font slanted_text курсив~ курсивом курсивн^ в_курсиве наклонн^_шрифт~ "
            "наклонн^_букв~ наклонн^_начертан~ наклонн^_начертани~ италик~ похил^ похил^_шрифт~ "
            "похил^_літер~ італік~"
        ),
        "no": (
            "upright roman_letters upright_letters прям^_начертан~ прям^_начертани~ прям^_шрифт~ "
            "прям^_букв~ прям^_накреслення прям^_літер~"
        ),
    },
    Kind.FIT: {
        "width": (
            "fill_the_width fill_width filling_the_width fills_the_width fit_the_width fit_width "
            "fit_to_width fit_to_the_width full_width the_full_width across_the_full_width "
            "whole_width the_whole_width across_the_whole_width entire_width the_entire_width "
            "across_the_entire_width edge_to_edge from_edge_to_edge side_to_side "
            "from_side_to_side as_wide_as_the_picture as_wide_as_the_image as_wide_as_possible "
            "full_bleed на_всю_ширину во_всю_ширину по_всей_ширине по_ширине_картинки "
            "на_всю_ширь от_края_до_края от_края_и_до_края на_полную_ширину во_всю_ширь "
            "на_повну_ширину по_всій_ширині на_всю_широчінь від_краю_до_краю від_края_до_края "
            "по_ширині_картинки на_всю_ширину_картинки на_всю_ширину_фото на_всю_ширину_кадра "
            "на_всю_ширину_кадру на_всю_ширину_зображення на_всю_ширину_изображения"
        ),
        "size": "at_its_own_size своего_размера свого_розміру",
    },
    Kind.SLOPE: {
        "diagonal": (
            "diagonal diagonally diagonals on_the_diagonal along_the_diagonal on_a_diagonal "
            "across_the_diagonal corner_to_corner from_corner_to_corner по_диагонали диагональ~ "
            "диагональю диагонали диагональн^ наискосок наискось по_діагоналі діагональ діагоналі "
            "діагоналлю діагональн^ навскіс навкіс навскоси из_угла_в_угол з_кута_в_кут "
            "із_кута_в_кут від_кута_до_кута от_угла_до_угла"
        ),
        "rising": (
            "from_bottom_left_to_top_right bottom_left_to_top_right "
            "from_the_bottom_left_to_the_top_right from_lower_left_to_upper_right "
            "from_the_lower_left_to_the_upper_right diagonally_upwards diagonally_up "
            "along_the_rising_diagonal снизу_слева_вверх_направо слева_снизу_направо_вверх "
            "из_левого_нижнего_угла_в_правый_верхний по_диагонали_вверх по_діагоналі_вгору "
            "з_лівого_нижнього_кута_в_правий_верхній знизу_ліворуч_догори_праворуч "
            "по_восходящей_диагонали по_висхідній_діагоналі"
        ),
        "falling": (
            "from_top_left_to_bottom_right top_left_to_bottom_right "
            "from_the_top_left_to_the_bottom_right from_upper_left_to_lower_right "
            "from_the_upper_left_to_the_lower_right diagonally_downwards diagonally_down "
            "along_the_falling_diagonal сверху_слева_вниз_направо слева_сверху_направо_вниз "
            "из_левого_верхнего_угла_в_правый_нижний по_диагонали_вниз по_діагоналі_вниз "
            "з_лівого_верхнього_кута_в_правий_нижній згори_ліворуч_донизу_праворуч "
            "по_нисходящей_диагонали по_низхідній_діагоналі"
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
    "letter_spacing": (
        "letter_spacing letterspacing character_spacing tracking kerning spacing_between_letters "
        "spacing_of_letters space_between_letters space_between_the_letters "
        "spacing_between_the_letters межбуквенн^_интервал~ межбуквенн^_расстояни~ межбуквенн^ "
        "интервал~_между_буквами расстояни~_между_буквами трекинг~ кернинг~ разрядк~ "
        "міжлітерн^_інтервал~ міжлітерн^_відстан~ міжлітерн^ міжбуквен^_інтервал~ "
        "міжбуквенн^_інтервал~ інтервал~_між_літерами відстан~_між_літерами трекінг~ кернінг~ "
        "розрядк~ розрядц~"
    ),
    "spaced": (
        "spaced spaced_out spaced_letters letterspaced letter_spaced letter_spaced_out "
        "wide_letter_spacing "
        "more_letter_spacing loose_letter_spacing wide_tracking loose_tracking widely_spaced "
        "letters_far_apart letters_apart letters_spread_out wide_spacing_between_letters "
        "вразрядку в_разрядку разреженн^ разрежен^ разряженн^ разряжен^ широк^_межбуквенн^ "
        "больш^_межбуквенн^_интервал~ широк^_межбуквенн^_интервал~ "
        "увеличенн^_межбуквенн^_интервал~ широк^_трекинг~ больш^_трекинг~ "
        "врозрядку у_розрядку розріджен^ розряджен^ "
        "велик^_міжлітерн^_інтервал~ широк^_міжлітерн^_інтервал~ збільшен^_міжлітерн^_інтервал~ "
        "широк^_трекінг~ врозріджку"
    ),
    "tight": (
        "tight_letter_spacing tight_tracking tight_kerning narrow_letter_spacing "
        "less_letter_spacing tightly_spaced condensed_spacing letters_close_together "
        "плотн^_межбуквенн^_интервал~ узк^_межбуквенн^_интервал~ "
        "маленьк^_межбуквенн^_интервал~ плотн^_трекинг~ щільн^_міжлітерн^_інтервал~ "
        "вузьк^_міжлітерн^_інтервал~ щільн^_трекінг~ вузьк^_трекінг~"
    ),
    "line_colours": (
        "line_colours line_colors colours_of_the_lines colors_of_the_lines lines_in lines_coloured "
        "lines_colored цвета_строк строки_цветов строками_цветов кольори_рядків рядки_кольорів"
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
