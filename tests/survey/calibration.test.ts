import { describe, expect, it } from "vitest";
import { type Claim, fitCalibration, isForFitting, qualityOf } from "./calibration.ts";

const claim = (name: string, confidence: number, isRight: boolean, evidence: number | null = 2): Claim => ({
  name,
  confidence,
  isRight,
  evidence,
});
const many = (count: number, make: (name: string, index: number) => Claim): Claim[] =>
  Array.from({ length: count }, (_, index) => make(`package-${index} 1.0`, index));

describe("isForFitting", () => {
  it("does not hang on the version, and halves the packages roughly", () => {
    expect(isForFitting("buku 4.9")).toBe(isForFitting("buku 5.0"));
    const fitted = many(400, (name) => claim(name, 1, true)).filter(({ name }) => isForFitting(name));
    expect(fitted.length).toBeGreaterThan(160);
    expect(fitted.length).toBeLessThan(240);
  });
});

describe("qualityOf", () => {
  it("finds no error where claims come true as often as claimed", () => {
    const quality = qualityOf(many(10, (name, index) => claim(name, 0.8, index < 8)));
    expect(quality).toMatchObject({ claims: 10, accuracy: 0.8, ece: 0, brier: 0.16 });
    expect(quality?.reliability).toHaveLength(1);
  });

  it("weighs the distance of each bin by its share, whichever side it is on", () => {
    const bold = many(5, (name) => claim(name, 0.95, false));
    const shy = many(5, (name) => claim(name, 0.55, true));
    expect(qualityOf([...bold, ...shy])?.ece).toBeCloseTo((0.95 + 0.45) / 2, 4);
  });

  it("puts a confidence of one into the last bin, and has nothing to say of nothing", () => {
    expect(qualityOf([claim("a", 1, true)])?.reliability).toEqual([
      { from: 0.9, to: 1, count: 1, claimed: 1, right: 1 },
    ]);
    expect(qualityOf([])).toBeNull();
  });
});

describe("fitCalibration", () => {
  const fitted = (claims: readonly Claim[]): Claim[] => claims.filter(({ name }) => isForFitting(name));

  it("looks at one half only", () => {
    const claims = many(60, (name) => claim(name, 1, true));
    const spoilt = claims.map((one) => (isForFitting(one.name) ? one : { ...one, isRight: false }));
    expect(fitCalibration(spoilt)).toEqual(fitCalibration(claims));
    expect(fitCalibration(claims).packages).toBe(fitted(claims).length);
  });

  it("is surer of a point the more often points were right, and never without bound", () => {
    const always = fitCalibration(many(80, (name) => claim(name, 1, true))).perPoint;
    const mostly = fitCalibration(many(80, (name, index) => claim(name, 1, index % 5 > 0))).perPoint;
    expect(always).toBeGreaterThan(mostly);
    expect(mostly).toBeGreaterThan(0.4);
    expect(always).toBeLessThan(2.5);
  });

  it("gives back what made the data: right as often as the logistic of evidence says", () => {
    const claims = many(4000, (name, index) => {
      const evidence = 1 + (index % 3);
      const share = 1 / (1 + Math.exp(-0.8 * evidence));
      return claim(name, 1, ((index * 7919) % 1000) / 1000 < share, evidence);
    });
    expect(fitCalibration(claims).perPoint).toBeCloseTo(0.8, 1);
  });

  it("counts what the situation answered apart", () => {
    const claims = many(40, (name) => claim(name, 1, true, null));
    const count = fitted(claims).length;
    expect(fitCalibration(claims).situation).toBeCloseTo((count + 1) / (count + 2), 2);
  });
});
