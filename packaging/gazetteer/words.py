"""Lower-case dictionary words of English, Spanish, French and Portuguese, folded: a place of the same name needs more
proof. Word lists are read at build time only; nothing of them is shipped but one mark a name."""
import re
from pathlib import Path

from names import fold

ARABIC = """في من على إلى عن مع قرب بعد قبل بين عند تحت فوق حتى منذ كل بعض غير هذا هذه ذلك تلك هو هي هم نحن ان كان كانت ليس قد لم
لن لا ما هل اذا ثم او اي كما حيث لكن لان هجوم قتل مقتل قتيل قتلى جرحى جريح مدينة قرية منطقة ولاية محافظة مطار جيش الجيش قوات
القوات هاجم هاجمت قصف سكان قال قالت اعلن اعلنت اكد دار بحري صور سول كتم بور ادري القرية الغربية الشمال الجنوب شمال جنوب شرق غرب
وسط الشرق الغرب الوسط الشرقية الشمالية الجنوبية كبير كبيرة صغير جديد جديدة قديم عام يوم ليلة صباح مساء اليوم امس غدا شهر سنة
ساعة باب بيت سوق جبل وادي نهر بحر بئر عين راس رأس كفر تل ابو ام بن بنت عبد سيد شيخ حي شارع طريق جسر ميدان مركز قسم شرطة
رئيس وزير حكومة دولة شعب حزب مجلس اتحاد حركة جماعة حرب سلام نار ماء ارض سماء نور حق عدل امن امل خير شر حب قلب يد راس وجه
كلية جامعة مدرسة مستشفى مسجد كنيسة ملك ملكة امير سلطان علم قلم كتاب ورقة باب نافذة بلد بلدة بلاد وطن عالم حياة موت رجل امرأة
طفل اطفال نساء رجال شاب شباب عمل عمال مال ذهب فضة حديد خشب حجر رمل ملح سكر قهوة شاي خبز لحم سمك تمر زيت عسل حليب قمح ارز
اخر اول ثاني ثالث رابع خامس واحد اثنان ثلاثة اربعة خمسة ستة سبعة ثمانية تسعة عشرة مئة الف مليون نصف ربع ثلث هنا هناك الان""".split()


def affix_rules(path):
    """Suffix rules of a Hunspell .aff file: flag -> [(cut, add, condition)]."""
    rules = {}
    long_flags = False
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        f = line.split()
        if line.startswith("FLAG long"):
            long_flags = True
        if len(f) >= 5 and f[0] == "SFX":
            cut = "" if f[2] == "0" else f[2]
            add = "" if f[3].split("/")[0] == "0" else f[3].split("/")[0]
            try:
                rules.setdefault(f[1], []).append((cut, add, re.compile(f[4] + "$")))
            except re.error:
                continue
    return rules, long_flags


def hunspell(folder, name, inflect):
    """The words of a Hunspell dictionary; with `inflect` also those that its suffix rules make."""
    rules, long_flags = affix_rules(folder / f"{name}.aff")
    for line in (folder / f"{name}.dic").read_text(encoding="utf-8", errors="replace").splitlines()[1:]:
        stem, _, flags = line.split()[0].partition("/") if line.split() else ("", "", "")
        if not stem[:1].islower():
            continue
        yield stem
        if not inflect:
            continue
        step = 2 if long_flags else 1
        for i in range(0, len(flags), step):
            for cut, add, condition in rules.get(flags[i:i + step], ()):
                if stem.endswith(cut) and condition.search(stem):
                    yield stem[:len(stem) - len(cut)] + add


def plain(path):
    data = path.read_bytes()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    return (w for w in text.split() if w[:1].islower() and not w.endswith("'s"))


def dictionary_words(root):
    root = Path(root)
    words = {fold(w) for w in plain(root / "wamerican/usr/share/dict/american-english")}
    words |= {fold(w) for w in plain(root / "wspanish/usr/share/dict/spanish")}
    words |= {fold(w) for w in hunspell(root / "hunspell-fr-classical/usr/share/hunspell", "fr", True)}
    words |= {fold(w) for w in hunspell(root / "hunspell-pt-br/usr/share/hunspell", "pt_BR", False)}
    for word in ARABIC:
        words |= {fold(word), fold("ال" + word)}
    return words
