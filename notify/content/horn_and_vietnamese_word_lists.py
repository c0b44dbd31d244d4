"""The lists of `word_lists` in Somali, Vietnamese, Amharic and Tigrinya, written as in `more_word_lists`.

In the Ethiopic script an ending changes the last letter of a word; an entry stops before it, or has both."""

from __future__ import annotations

CONFIDENTIAL: dict[str, str] = {
    "so": (
        "magangelyo* / magangalyo* / magan gelyo / qaxooti* / qaxoonti* / socdaalka / socdaal* / laanta"
        " socdaalka / muhaajir* / tahriib* / tarxiil* / taxriil* / masaafur* / musaafur* / la celinayo / dib"
        " u celin* / hakad tarxiil / hakadka tarxiilka / xabsi* / xabis* / maxbuus* / maxaabiis* / xiran"
        " tahay / xidhan tahay / xiran yahay / xidhan yahay / xirnayd / xidhnayd / la xiray / la xidhay /"
        " lagu xiray / lagu xidhay / laguu xiray / xarig* / xadhig* / xirxir* / xarunta haynta / ajnabi* /"
        " ajaanib* / ajanabi* / muwaadin* / dhalasho* / jinsiyad* / sharci la aan / sharcidarro / sharci"
        " darro / lambarka a / lambarkaaga a / cabsi la rumaysan karo / cabsi macquul ah / wareysiga cabsida"
        " / caburin* / cadaadin* / cadaadis* / dulmi / dhibaateyn* / jirdil* / jir dil* / fiiso* / fiisa* /"
        " dal ku gal* / dalkugal* / kastam* / canshuurta xuduudda / xuduud* / ciidanka xadka / ka ganacsiga"
        " dadka / ka ganacsi dad / maxkamad* / garsoor* / qaalli* / qaadi / xaakim / amniga gudaha"
    ),
    "vi": (
        "tị nạn / tỵ nạn / giam giữ / bị giam / tạm giam / tạm giữ / câu lưu / trại giam / nhà giam / nhà"
        " tù / bị tù / ở tù / tù nhân / tù tội / di trú / nhập cư / di cư / di dân / trục xuất / bị đuổi về"
        " / hồi hương / dẫn độ / lệnh chặn / lệnh hoãn / lệnh giữ / người nước ngoài / ngoại kiều / ngoại"
        " quốc / công dân / quốc tịch / không giấy tờ / nhập cảnh lậu / mã số a / số ngoại kiều / sợ hãi có"
        " cơ sở / nỗi sợ có cơ sở / nỗi sợ hợp lý / phỏng vấn sợ hãi / bức hại / đàn áp / ngược đãi / tra"
        " tấn / biên phòng / tuần tra biên giới / biên giới / hải quan / thị thực / chiếu khán / thẻ xanh /"
        " buôn người / tòa án / toà án / phiên tòa / phiên toà / ra tòa / ra toà / hầu tòa / hầu toà / thẩm"
        " phán / chánh án / quan tòa / quan toà / nội an / an ninh nội địa"
    ),
    "am": (
        "*ጥገኝነ* / *ጥገኛ ጠያቂ* / *ስደት* / *ስደቱ* / *ስደተኛ* / *ስደተኞች* / *ኢሚግሬሽ* / *ኢምግሬሽ* / *ኢሚግራንት* / *መጤ* /"
        " *ማባረ* / *መባረ* / *ተባረ* / *ሊባረ* / *ይባረ* / *ያባር* / *ሊያባር* / *ዲፖር* / *ከሀገር መውጣት* / *ከአገር መውጣት* / *ከሀገር"
        " ማስወጣት* / *ከአገር ማስወጣት* / *ከሃገር ማስወጣት* / *እገዳ* / *ታግዷል* / *ማገጃ* / *እስር* / *እስሩ* / *እስራት* / *እሥር* /"
        " *እስረኛ* / *እስረኞች* / *ታስረ* / *ታስሮ* / *ታሰረ* / *ታሰሩ* / *ታሳሪ* / *መታሰር* / *ማሰር* / *ማቆያ* / *ወህኒ* / *ማረሚያ"
        " ቤ* / *ዜጋ* / *ዜጎች* / *ዜግነ* / *የውጭ ሰው* / *ወረቀት የሌለ* / *ሕገ ወጥ* / *ሕገ ወጡ* / *ሕገ ወጦ* / *ህገ ወጥ* / *ሕገወጥ*"
        " / *ህገወጥ* / *a ቁጥ* / *ኤ ቁጥ* / *ተአማኒ ፍርሃት* / *ምክንያታዊ ፍርሃት* / *ጭቆና* / *ማሰቃየ* / *ስቃይ* / *ስቃዩ* / *ሰቆቃ*"
        " / *ድንበ* / *ጉምሩ* / *ቪዛ* / *ግሪን ካርድ* / *የሰዎች ዝውው* / *ሰው ማዘዋወር* / *ፍርድ ቤ* / *ፍርድቤ* / *ችሎት* / *ችሎቱ* /"
        " *ችሎቶ* / *ዳኛ* / *ዳኞች* / *ሀገር ውስጥ ደህንነት*"
    ),
    "ti": (
        "*ዑቕባ* / *ዑቅባ* / *ስደተኛ* / *ስደተኛታት* / *ስደት* / *ስደቱ* / *ኢሚግሬሽ* / *ኢምግሬሽ* / *ምጥራዝ* / *ምጥራዙ* / *ምጥራዛ* /"
        " *ምጥራዞ* / *ጥረዝ* / *ጥረዙ* / *ጠረዘ* / *ጠረዙ* / *ጠሪዝ* / *ጠሪዞ* / *ጠሪዙ* / *ምስጓግ* / *ተሰጎጉ* / *ተሰጒጉ* / *ተሰጒጎ*"
        " / *ዲፖር* / *ካብ ሃገር ምውጻእ* / *እገዳ* / *ተኣጊዱ* / *ምዕጋት* / *ማእሰርቲ* / *ተኣሲር* / *ተኣስር* / *ተኣሰር* / *ተኣሰሩ* /"
        " *እሱር* / *እሱራት* / *ምእሳር* / *መዳጎኒ* / *መዳጐኒ* / *ዳጒኖም* / *ተዳጎን* / *ወህኒ* / *ዜጋ* / *ዜጋታት* / *ዜግነ* /"
        " *ወጻእተኛ* / *ወጻእተኛታት* / *ዘይሕጋዊ* / *a ቁጽሪ* / *a ቁጽርኹም* / *ቁጽሪ a / *እሙን ፍርሒ* / *ርትዓዊ ፍርሒ* / *ጭቆና* /"
        " *ምስቓ* / *ስቓይ* / *ስቓዩ* / *መግረፍቲ* / ዶብ / ናይ ዶብ / ዶባት / *ጉምሩ* / *ቪዛ* / *ግሪን ካርድ* / *ንግዲ ሰብ* / *ምስግጋር"
        " ሰባት* / *ቤት ፍር* / *ቤትፍር* / *መጋባእያ* / *ዳኛ* / *ዳያኑ* / *ፈራዲ*"
    ),
}

LETTER: dict[str, str] = {
    "so": (
        "cabsi la rumaysan karo / cabsi la aamini karo / cabsi macquul ah / cabsi sal leh / natiijo togan /"
        " natiijo taban / natiijo wanaagsan / natiijo xun / caburin* / cadaadin* / fikrad siyaasadeed /"
        " fikradaha siyaasadeed / ra yi siyaasadeed / aragti siyaasadeed / koox bulsheed / kooxda bulsheed /"
        " koox bulsho gaar ah / jihada galmada / khaniis* / qaniis* / lesbiyan* / jinsi beddel* / labeeb* /"
        " ka ganacsiga dadka / ka ganacsi dad / rabshadaha guriga / rabshad guri / rabshadaha qoyska /"
        " kufsi* / kufsad* / la kufsaday / xadgudub galmo* / xadgudubka galmada / faraxumeyn* / jirdil* /"
        " jir dil* / hiv / aids / aydhis / aydhiska / basaas* / jaajuus* / burcad* / koox burcad ah / kooxda"
        " burcadda / ridda / riddo / murtad* / diin ka bax* / aflagaado diineed / magangelyo doon* /"
        " magangalyo doon* / codsi magangelyo / codsiga magangelyada / codsatay magangelyo / magangelyo"
        " codsa* / alshabaab / al shabaab"
    ),
    "vi": (
        "sợ hãi có cơ sở / nỗi sợ có cơ sở / nỗi sợ đáng tin / nỗi sợ hợp lý / kết quả dương tính / kết quả"
        " âm tính / bức hại / đàn áp / quan điểm chính trị / ý kiến chính trị / chính kiến / nhóm xã hội /"
        " xu hướng tính dục / khuynh hướng tính dục / đồng tính / dong tinh / đồng giới / song tính / chuyển"
        " giới / buôn người / bạo hành gia đình / bạo lực gia đình / hiếp dâm / cưỡng hiếp / lạm dụng tình"
        " dục / tấn công tình dục / xâm hại tình dục / tra tấn / liệt kháng / hiv / aids / visa u / visa t /"
        " chỉ điểm / mật báo viên / băng đảng / bỏ đạo / bội giáo / báng bổ / người xin tị nạn / xin tị nạn"
        " / đơn tị nạn / đơn xin tị nạn / xin tỵ nạn / đơn tỵ nạn"
    ),
    "am": (
        "*ተአማኒ ፍርሃት* / *ምክንያታዊ ፍርሃት* / *በቂ ፍርሃት* / *አወንታዊ ውጤት* / *አሉታዊ ውጤት* / *ስደት* / *ስደቱ* / *ጭቆና* /"
        " *ማሰቃየ* / *ስቃይ* / *ስቃዩ* / *ሰቆቃ* / *የፖለቲካ አመለካከት* / *የፖለቲካ አስተሳሰብ* / *የፖለቲካ አቋም* / *ማህበራዊ ቡድን* /"
        " *ማኅበራዊ ቡድን* / *የጾታ ዝንባሌ* / *ግብረ ሰዶ* / *ግብረሰዶ* / *ሌዝቢያን* / *ትራንስጀንደር* / *ጾታ ቀያሪ* / *ጾታውን የቀየረ* /"
        " *የሰዎች ዝውው* / *ሰው ማዘዋወር* / *የቤት ውስጥ ጥቃ* / *የቤት ውስጥ ብጥብጥ* / *አስገድዶ መድፈ* / *መደፈር* / *መደፈሩ* / *መደፈራቸ*"
        " / *መደፈርዎ* / *ተደፍራ* / *ተደፍሮ* / *ወሲባዊ ጥቃ* / *ጾታዊ ጥቃ* / *ኤች አይ ቪ* / *ኤችአይቪ* / *ኤድስ* / *ኤድሱ* / *ሰላይ* /"
        " *መረጃ አቀባይ* / *የወንበዴ ቡድን* / *ወንበዴ* / *ሃይማኖት ክህደት* / *ሃይማኖትን መሳደብ* / *ጥገኝነት ጠያቂ* / *ጥገኝነት ጠየቀ* /"
        " *ጥገኝነት ጠይቀዋል* / *የጥገኝነት ጥያቄ* / *የጥገኝነት ማመልከቻ*"
    ),
    "ti": (
        "*እሙን ፍርሒ* / *ርትዓዊ ፍርሒ* / *ኣወንታዊ ውጽኢት* / *ኣሉታዊ ውጽኢት* / *ስደት* / *ስደቱ* / *ጭቆና* / *ምስቓ* / *ስቓይ* /"
        " *ስቓዩ* / *መግረፍቲ* / *ፖለቲካዊ ርእይቶ* / *ፖለቲካዊ ኣረኣእያ* / *ፖለቲካዊ እምነት* / *ማሕበራዊ ጉጅለ* / *ጾታዊ ዝንባለ* / *ግብረ"
        " ሰዶ* / *ግብረሰዶ* / *ሌዝብያን* / *ትራንስጀንደር* / *ጾታ ምቕያር* / *ንግዲ ሰብ* / *ምስግጋር ሰባት* / *ዘቤታዊ ዓመጽ* / *ዓመጽ"
        " ስድራቤት* / *ብሓይሊ ምድፋር* / *ብሓይሊ ተደፊራ* / *ምግሳስ* / *ተጋሲሳ* / *ጾታዊ ዓመጽ* / *ጾታዊ መጥቃዕቲ* / *ኤች ኣይ ቪ* /"
        " *ኤችኣይቪ* / *ኤይድስ* / *ኤድስ* / *ሰላዪ* / *ሽፍታ* / *ሃይማኖት ምክሓድ* / *ንሃይማኖት ምጽራፍ* / *ሓታቲ ዑቕባ* / *ሓተቲ ዑቕባ* /"
        " *ዑቕባ ሓቲት* / *ሕቶ ዑቕባ* / *መመልከቲ ዑቕባ*"
    ),
}

PEOPLES: tuple[str, ...] = (
    "soomaali* / somali* / itoobiya* / itoobiyaan* / xabashi* / oromo* / eritreeya* / eretariya* /"
    " yamani* / kiinya* / jabuuti* / suudaan* / kuubaan* / shiin* / hindi* / ruush*",
    "người việt / việt kiều / người hoa / người tàu / người thượng / người mông / hmong / khmer / khơ"
    " me / trung quốc / trung hoa / người lào / người nga / người ấn / người cuba / người haiti",
    "*ኢትዮጵያ* / *ኤርትራ* / *ሐበሻ* / *ሀበሻ* / *ሶማሌ* / *ሶማሊ* / *ኦሮሞ* / አማራ / የአማራ / አማሮች / *ትግራይ* / *ትግሬ* /"
    " *ትግራዋይ* / *ሱዳን* / *ኬንያ* / *ጅቡቲ* / *ኩባዊ* / *ቻይናዊ* / *ህንዳዊ* / *ሩሲያዊ*",
    "*ሓበሻ* / *ተጋሩ* / *ኦሮሞ* / ኣምሓራ / *ኣምሓሩ* / *ሶማላዊ* / *የመናዊ* / *ግብጻዊ* / *ኬንያዊ* / *ኤውሮጳዊ*",
)
