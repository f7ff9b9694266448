-- gdelt_events between days: Incidents under the column names and in the order of GDELT 2.0's event table, one row for each
-- pair of parties. Null is what dateline does not tell; codes of actors are PLOVER's, which are CAMEO's for most. Between
-- days: incidents that start on these days.
WITH goldstein AS (
    -- Goldstein 1992 for CAMEO; a code that is not here has the score of its first digits
    SELECT split_part(pair, ':', 1) AS code, split_part(pair, ':', 2)::DOUBLE AS score
    FROM unnest(regexp_extract_all('
        01:0 011:-0.1 012:-0.4 013:0.4 016:-2 018:3.4 019:3.4 02:3 021:3.4 022:3.2 023:3.4 024:-0.3 025:-0.3 026:4
        027:4 028:4 03:4 031:5.2 032:4.5 033:5.2 0334:6 034:7 035:7 037:5 038:7 039:5 04:1 042:1.9
        043:2.8 044:2.5 045:5 046:7 05:3.5 051:3.4 053:3.8 054:6 055:7 056:7 057:8 06:6 061:6.4 062:7.4
        063:7.4 064:7 07:7 071:7.4 072:8.3 073:7.4 074:8.5 08:5 084:7 085:7 086:9 087:9 0874:10 09:-2
        10:-5 11:-2 12:-4 125:-5 126:-5 127:-5 128:-5 129:-5 13:-6 130:-4.4 131:-5.8 132:-5.8 133:-5.8 134:-5.8
        135:-5.8 136:-7 137:-7 138:-7 139:-7 14:-6.5 144:-7.5 145:-7.5 15:-7.2 16:-4 162:-5.6 163:-8 164:-7 165:-6.5
        166:-7 17:-7 171:-9.2 172:-5 173:-5 174:-5 175:-9 18:-9 182:-9.5 1821:-9 1822:-9 1823:-10 183:-10 184:-8
        185:-8 186:-10 19:-10 191:-9.5 192:-9.5 196:-9.5 20:-10 201:-9.5
    ', '\S+')) AS pairs(pair)
),
countries AS (
    SELECT split_part(pair, ':', 1) AS code, split_part(pair, ':', 2) AS fips
    FROM unnest(regexp_extract_all('
        ABW:AA AFG:AF AGO:AO AIA:AV ALB:AL AND:AN ARE:AE ARG:AR ARM:AM ASM:AQ ATA:AY ATF:FS ATG:AC AUS:AS AUT:AU AZE:AJ
        BDI:BY BEL:BE BEN:BN BFA:UV BGD:BG BGR:BU BHR:BA BHS:BF BIH:BK BLM:TB BLR:BO BLZ:BH BMU:BD BOL:BL BRA:BR BRB:BB
        BRN:BX BTN:BT BVT:BV BWA:BC CAF:CT CAN:CA CCK:CK CHE:SZ CHL:CI CHN:CH CIV:IV CMR:CM COD:CG COG:CF COK:CW COL:CO
        COM:CN CPV:CV CRI:CS CUB:CU CUW:UC CXR:KT CYM:CJ CYP:CY CZE:EZ DEU:GM DJI:DJ DMA:DO DNK:DA DOM:DR DZA:AG ECU:EC
        EGY:EG ERI:ER ESH:WI ESP:SP EST:EN ETH:ET FIN:FI FJI:FJ FLK:FK FRA:FR FRO:FO FSM:FM GAB:GB GBR:UK GEO:GG GGY:GK
        GHA:GH GIB:GI GIN:GV GLP:GP GMB:GA GNB:PU GNQ:EK GRC:GR GRD:GJ GRL:GL GTM:GT GUF:FG GUM:GQ GUY:GY HKG:HK HMD:HM
        HND:HO HRV:HR HTI:HA HUN:HU IDN:ID IMN:IM IND:IN IOT:IO IRL:EI IRN:IR IRQ:IZ ISL:IC ISR:IS ITA:IT JAM:JM JEY:JE
        JOR:JO JPN:JA KAZ:KZ KEN:KE KGZ:KG KHM:CB KIR:KR KNA:SC KOR:KS KOS:KV KWT:KU LAO:LA LBN:LE LBR:LI LBY:LY LCA:ST
        LIE:LS LKA:CE LSO:LT LTU:LH LUX:LU LVA:LG MAC:MC MAF:RN MAR:MO MCO:MN MDA:MD MDG:MA MDV:MV MEX:MX MHL:RM MKD:MK
        MLI:ML MLT:MT MMR:BM MNE:MJ MNG:MG MNP:CQ MOZ:MZ MRT:MR MSR:MH MTQ:MB MUS:MP MWI:MI MYS:MY MYT:MF NAM:WA NCL:NC
        NER:NG NFK:NF NGA:NI NIC:NU NIU:NE NLD:NL NOR:NO NPL:NP NRU:NR NZL:NZ OMN:MU PAK:PK PAN:PM PCN:PC PER:PE PHL:RP
        PLW:PS PNG:PP POL:PL PRI:RQ PRK:KN PRT:PO PRY:PA PSE:WE PYF:FP QAT:QA REU:RE ROU:RO RUS:RS RWA:RW SAU:SA SDN:SU
        SEN:SG SGP:SN SGS:SX SHN:SH SJM:SV SLB:BP SLE:SL SLV:ES SMR:SM SOM:SO SPM:SB SRB:RI SSD:OD STP:TP SUR:NS SVK:LO
        SVN:SI SWE:SW SWZ:WZ SXM:NN SYC:SE SYR:SY TCA:TK TCD:CD TGO:TO THA:TH TJK:TI TKL:TL TKM:TX TLS:TT TON:TN TTO:TD
        TUN:TS TUR:TU TUV:TV TWN:TW TZA:TZ UGA:UG UKR:UP URY:UY USA:US UZB:UZ VAT:VT VCT:VC VEN:VE VGB:VI VIR:VQ VNM:VM
        VUT:NH WLF:WF WSM:WS XKX:KV YEM:YM ZAF:SF ZMB:ZA ZWE:ZI
    ', '\S+')) AS pairs(pair)
)
SELECT
    GLOBALEVENTID,                                                                               -- number of incident and pair of parties, made of the incident's id: the same everywhere
    year(starts_on) * 10000 + month(starts_on) * 100 + day(starts_on) AS SQLDATE,                -- first day on which it was done or said, YYYYMMDD
    year(starts_on) * 100 + month(starts_on) AS MonthYear,                                       -- its month, YYYYMM
    year(starts_on)::INTEGER AS Year,                                                            -- its year
    year(starts_on) + (month(starts_on) * 30 + day(starts_on)) / 365 AS FractionDate,            -- the year and how much of it had passed, months taken to have 30 days
    nullif(concat(actor_code, array_to_string(actor_entity.sectors, '')), '') AS Actor1Code,     -- who does it: code and PLOVER's sectors, written together
    upper(actor) AS Actor1Name,                                                                  -- who does it, in capitals
    CASE WHEN actor_code NOT IN ('IGO', 'UNO', 'EUR', 'NGO', 'ISM', 'IMG', 'MNC') THEN actor_code END AS Actor1CountryCode,  -- country, ISO 3166-1 alpha-3; null for organisations
    CASE actor_code WHEN 'UNO' THEN 'UNO' WHEN 'EUR' THEN 'EEC' END AS Actor1KnownGroupCode,     -- UNO for the United Nations, EEC for the European Union
    NULL::VARCHAR AS Actor1EthnicCode,                                                           -- not told: null
    NULL::VARCHAR AS Actor1Religion1Code,                                                        -- not told: null
    NULL::VARCHAR AS Actor1Religion2Code,                                                        -- not told: null
    CASE WHEN actor_code IN ('IGO', 'NGO', 'ISM', 'IMG', 'MNC') THEN actor_code ELSE actor_entity.sectors[1] END AS Actor1Type1Code,  -- PLOVER's primary sector, or the kind of organisation
    actor_entity.sectors[2] AS Actor1Type2Code,                                                  -- second sector
    actor_entity.sectors[3] AS Actor1Type3Code,                                                  -- third sector
    nullif(concat(recipient_code, array_to_string(recipient_entity.sectors, '')), '') AS Actor2Code,  -- to whom it is done: code and PLOVER's sectors, written together
    upper(recipient) AS Actor2Name,                                                              -- to whom it is done, in capitals
    CASE WHEN recipient_code NOT IN ('IGO', 'UNO', 'EUR', 'NGO', 'ISM', 'IMG', 'MNC') THEN recipient_code END AS Actor2CountryCode,  -- country, ISO 3166-1 alpha-3; null for organisations
    CASE recipient_code WHEN 'UNO' THEN 'UNO' WHEN 'EUR' THEN 'EEC' END AS Actor2KnownGroupCode,  -- UNO for the United Nations, EEC for the European Union
    NULL::VARCHAR AS Actor2EthnicCode,                                                           -- not told: null
    NULL::VARCHAR AS Actor2Religion1Code,                                                        -- not told: null
    NULL::VARCHAR AS Actor2Religion2Code,                                                        -- not told: null
    CASE WHEN recipient_code IN ('IGO', 'NGO', 'ISM', 'IMG', 'MNC') THEN recipient_code ELSE recipient_entity.sectors[1] END AS Actor2Type1Code,  -- PLOVER's primary sector, or the kind of organisation
    recipient_entity.sectors[2] AS Actor2Type2Code,                                              -- second sector
    recipient_entity.sectors[3] AS Actor2Type3Code,                                              -- third sector
    (event.evidence."end" <= coalesce(nullif(instr(article.text, chr(10)), 0), length(article.text)))::INTEGER AS IsRootEvent,                                                             -- 1 where the earliest article tells it in its first paragraph
    cameo AS EventCode,                                                                          -- CAMEO code, leading zero kept
    cameo[1:3] AS EventBaseCode,                                                                 -- its first three digits
    cameo[1:2] AS EventRootCode,                                                                 -- its first two digits
    CASE WHEN cameo[1:2] <= '05' THEN 1 WHEN cameo[1:2] <= '08' THEN 2 WHEN cameo[1:2] <= '13' THEN 3 ELSE 4 END AS QuadClass,  -- of the CAMEO code: 1 verbal, 2 material cooperation; 3 verbal, 4 material conflict
    coalesce(exact.score, base.score, root.score) AS GoldsteinScale,                             -- Goldstein's score of the CAMEO code, from -10 to 10
    records::INTEGER AS NumMentions,                                                             -- records that tell of it
    publishers::INTEGER AS NumSources,                                                           -- publishers that printed it
    articles::INTEGER AS NumArticles,                                                            -- articles that report it
    NULL::DOUBLE AS AvgTone,                                                                     -- not told: null
    CASE WHEN home.fips IS NULL THEN 0 ELSE 1 END AS Actor1Geo_Type,                             -- 1: a country itself; 0: untold, as where everybody else stands
    CASE WHEN home.fips IS NOT NULL THEN actor END AS Actor1Geo_FullName,                        -- the country's usual name, or its people's; null for everybody else
    home.fips AS Actor1Geo_CountryCode,                                                          -- the country, FIPS 10-4; null for everybody else
    NULL::VARCHAR AS Actor1Geo_ADM1Code,                                                         -- not told: null
    NULL::VARCHAR AS Actor1Geo_ADM2Code,                                                         -- not told: null
    NULL::DOUBLE AS Actor1Geo_Lat,                                                               -- not told: null
    NULL::DOUBLE AS Actor1Geo_Long,                                                              -- not told: null
    NULL::VARCHAR AS Actor1Geo_FeatureID,                                                        -- not told: null
    CASE WHEN other_home.fips IS NULL THEN 0 ELSE 1 END AS Actor2Geo_Type,                       -- 1: a country itself; 0: untold, as where everybody else stands
    CASE WHEN other_home.fips IS NOT NULL THEN recipient END AS Actor2Geo_FullName,              -- the country's usual name, or its people's; null for everybody else
    other_home.fips AS Actor2Geo_CountryCode,                                                    -- the country, FIPS 10-4; null for everybody else
    NULL::VARCHAR AS Actor2Geo_ADM1Code,                                                         -- not told: null
    NULL::VARCHAR AS Actor2Geo_ADM2Code,                                                         -- not told: null
    NULL::DOUBLE AS Actor2Geo_Lat,                                                               -- not told: null
    NULL::DOUBLE AS Actor2Geo_Long,                                                              -- not told: null
    NULL::VARCHAR AS Actor2Geo_FeatureID,                                                        -- not told: null
    CASE WHEN place IS NULL THEN 0 WHEN place_resolution = 1 THEN 1 WHEN place_country = 'USA' THEN CASE WHEN place_resolution = 2 THEN 2 ELSE 3 END WHEN place_resolution = 2 THEN 5 ELSE 4 END AS ActionGeo_Type,  -- 0 untold, 1 country, 2 state and 3 town of the USA, 4 town and 5 province elsewhere
    place AS ActionGeo_FullName,                                                                 -- where it was done, the place's usual name
    place_state.fips AS ActionGeo_CountryCode,                                                   -- country of the place, FIPS 10-4
    place_state.fips || nullif(split_part(place_admin1, '.', 2), '') AS ActionGeo_ADM1Code,      -- first-order division: FIPS country and GeoNames' number of it
    NULL::VARCHAR AS ActionGeo_ADM2Code,                                                         -- not told: null
    place_latitude::DOUBLE AS ActionGeo_Lat,                                                     -- degrees north, of towns alone
    place_longitude::DOUBLE AS ActionGeo_Long,                                                   -- degrees east, of towns alone
    NULL::VARCHAR AS ActionGeo_FeatureID,                                                        -- not told: null
    strftime(first_seen_at, '%Y%m%d%H%M%S')::BIGINT AS DATEADDED,                                -- when the earliest article was published, YYYYMMDDHHMMSS, UTC
    article.url AS SOURCEURL                                                                             -- address of the earliest article
FROM gdelt_pairs_between_as_of(since, until, commit_position) AS pair
JOIN (SELECT event_id, article_id, evidence FROM political_events_as_of(commit_position)) AS event ON event.event_id = pair.event_ids[1]
JOIN (SELECT article_id, url, "text" FROM articles_as_of(commit_position)) AS article ON article.article_id = event.article_id
LEFT JOIN countries AS place_state ON place_state.code = place_country
LEFT JOIN countries AS home ON home.code = CASE WHEN starts_with(actor_entity.entity_id, 'iso3166:') THEN actor_entity.entity_id[9:11] END
LEFT JOIN countries AS other_home ON other_home.code = CASE WHEN starts_with(recipient_entity.entity_id, 'iso3166:') THEN recipient_entity.entity_id[9:11] END
LEFT JOIN goldstein AS exact ON exact.code = cameo
LEFT JOIN goldstein AS base ON base.code = cameo[1:3]
LEFT JOIN goldstein AS root ON root.code = cameo[1:2]
